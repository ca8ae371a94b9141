using System.Diagnostics;

namespace TorchInit.Cli;

/// <summary>Our seconds of one case, through the library's public functions.</summary>
sealed class OwnTimer
{
    readonly BenchCase _item;
    readonly InitPlan _plan;
    readonly Generator _generator;
    readonly StateDict? _state;

    public OwnTimer(BenchCase item, TorchProfile profile)
    {
        _item = item;
        _plan = item.Plan(item.Profile ?? profile);
        _generator = new(1L, _plan.Profile);
        _state = item.Fresh || item.Model is not null ? null : _plan.Materialize(_generator, item.DType);
    }

    /// <summary>Seconds of one run of the list with so many threads at most.</summary>
    public double Time(int threads)
    {
        if (_item.Fresh) { Release(); }
        // What a user writes for one tensor on one thread, which is what a small one gets; a list, fresh memory and threads are a plan's.
        Action? fill = (threads == 1 || _item.Elements <= PlanRunner.Small) && _state is not null
            ? SingleFill.Of(_item, _state.Values.First(), _generator) : null;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _item.Rounds; i++)
        {
            if (fill is not null) { fill(); }
            else if (_state is null) { _ = _plan.Materialize(_generator, _item.DType, threads); }
            else { _plan.ResetParameters(_state, _generator, threads); }
        }
        return Stopwatch.GetElapsedTime(start).TotalSeconds / _item.Rounds;
    }

    /// <summary>Seconds that a plain Span.Fill of the same memory takes: what any fill must at least.</summary>
    public double Roofline()
    {
        if (_state is null) { return double.NaN; }
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _item.Rounds; i++)
        {
            foreach (BenchFill fill in _item.Fills)
            {
                TensorBuffer tensor = _state[$"at{fill.Offset}"];
                tensor.Bytes(0, tensor.Count).Fill((byte)i);
            }
        }
        return Stopwatch.GetElapsedTime(start).TotalSeconds / _item.Rounds;
    }

    /// <summary>Gives what the last sample allocated back to the system, so that the next one's memory is fresh.</summary>
    static void Release() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
