namespace TorchInit;

/// <summary>
/// Consecutive draws of the stream that touch different elements. Threads share them by cutting the stream: each jumps to its part, which
/// may begin and end inside a tensor. The bytes and the final state are those of a single thread.
/// </summary>
/// <param name="startNanoseconds">The cost of starting a thread; each further thread needs three times as much work in the group.</param>
sealed class DrawGroup(double startNanoseconds)
{
    /// <summary>
    /// A jump (0.35 ms the first time, 0.2 ms afterwards), waking a processor (0.05 ms, sometimes ten times that), and what two threads
    /// cost each other. With 0.4 ms here, 1e7 uniforms took 2.9 ms on two threads and 2.2 ms on one.
    /// </summary>
    public const double StartNanoseconds = 700_000;

    readonly List<Draw> _draws = [];
    readonly Dictionary<TensorBuffer, DrawsOfTensor> _byTensor = [];
    long _end;

    public bool IsEmpty => _draws.Count == 0;

    /// <summary>Adds a draw; false if it would overwrite part of another, which must then run first.</summary>
    public bool TryAdd(Draw draw, Generator generator)
    {
        if (!_byTensor.TryGetValue(draw.Buffer, out DrawsOfTensor? sameTensor)) { _byTensor[draw.Buffer] = sameTensor = new(); }
        if (!sameTensor.IsApart(draw.Layout))
        {
            // A draw without a grain may leave or take a cached normal, which only running it can tell.
            if (!draw.Placed.CoversTensor || sameTensor.Draws.Any(other => other.Grain == 0)) { return false; }
            foreach (Draw other in sameTensor.Draws) { other.IsOverwritten = true; }
            sameTensor.Clear();
        }
        sameTensor.Add(draw);
        draw.Start = IsEmpty ? generator.Position : _end;
        _end = unchecked(draw.Start + draw.Words);
        _draws.Add(draw);
        return true;
    }

    /// <summary>Runs all draws and forgets them; the generator ends after the last.</summary>
    public void Run(StepContext context, int threads)
    {
        List<Position> cuts = Cuts(threads, context.Generator.Profile);
        // The first part uses the generator itself. Each other part jumps to its place in the stream; the state of the last becomes the
        // final state.
        Generator[] generators = [context.Generator, .. cuts.Select(cut => StartAt(cut, context.Generator))];
        if (cuts.Count == 0) { RunPart(new(0, 0), End, context); }
        else
        {
            InParallel.For(0, generators.Length, generators.Length, part =>
            {
                Position from = part == 0 ? new(0, 0) : cuts[part - 1];
                RunPart(from, part < cuts.Count ? cuts[part] : End, context with { Generator = generators[part] });
            });
            context.Generator.CopyFrom(generators[^1]);
        }
        context.Generator.MoveTo(_end);
        _draws.Clear();
        _byTensor.Clear();
    }

    Position End => new(_draws.Count, 0);

    void RunPart(Position from, Position to, StepContext context)
    {
        for (int i = from.Draw; i < _draws.Count && i <= to.Draw; i++)
        {
            long start = i == from.Draw ? from.Element : 0;
            long end = i == to.Draw ? to.Element : _draws[i].Layout.Count;
            if (end > start || start == 0 && end == _draws[i].Layout.Count) { _draws[i].Run(start, end, context); }
        }
    }

    /// <summary>Where the second and later threads begin; empty for work that one thread finishes sooner.</summary>
    List<Position> Cuts(int threads, TorchProfile profile)
    {
        double total = _draws.Sum(draw => draw.Cost(profile));
        int parts = (int)Math.Min(threads, (total + 3 * startNanoseconds) / (3 * startNanoseconds));
        List<Position> cuts = [];
        if (parts < 2) { return cuts; }
        // All threads end together if the first, which has no start to pay for, draws the longest.
        double share = (total + (parts - 1) * startNanoseconds) / parts;
        double until = share;
        double done = 0;
        for (int i = 0; i < _draws.Count && cuts.Count < parts - 1; i++)
        {
            double cost = _draws[i].Cost(profile);
            for (; cuts.Count < parts - 1 && until < done + cost; until += share - startNanoseconds)
            {
                Position cut = CutInside(i, (until - done) / cost);
                if (cut != default && (cuts.Count == 0 || cut.CompareTo(cuts[^1]) > 0) && CanStartAt(i)) { cuts.Add(cut); }
            }
            done += cost;
        }
        return cuts;
    }

    Position CutInside(int draw, double share)
    {
        int grain = _draws[draw].Grain;
        long count = _draws[draw].Layout.Count;
        long element = grain == 0 ? 0 : (long)(count * share) / grain * grain;
        return element == 0 || count - element < grain ? new(draw, 0) : new(draw, element);
    }

    /// <summary>Another thread knows whether an earlier draw of the group cached a normal, but not its value.</summary>
    bool CanStartAt(int draw) => !_draws[draw].CachedBefore || _draws.Take(draw).All(before => before.Grain > 0);

    Generator StartAt(Position cut, Generator generator)
    {
        Generator start = generator.Clone();
        if (start.HasCachedNormal && !_draws[cut.Draw].CachedBefore) { start.CachedNormal = null; }
        return start;
    }

    /// <summary>An element of a draw; (0, 0) is the beginning, which needs no cut.</summary>
    readonly record struct Position(int Draw, long Element) : IComparable<Position>
    {
        public int CompareTo(Position other) => (Draw, Element).CompareTo((other.Draw, other.Element));
    }
}
