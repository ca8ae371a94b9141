namespace TorchInit.Parity;

/// <summary>Draws of a GPU, or of another one.</summary>
sealed partial class LocatedCause
{
    const int MostBlocks = 4096;

    /// <summary>The bits of a listed GPU, in any version that is followed.</summary>
    (Cause Cause, string Said)? OfGpus(ParameterSpec tensor, TensorBuffer given)
    {
        InitPlan[] fitting = [.. GpuHypotheses.Plans(item).Where(plan => !GpuHypotheses.IsOwn(plan.Profile, _plan.Profile)
            && Is(plan, tensor, given, seed))];
        if (fitting.Length == 0) { return null; }
        // Many GPUs draw a small tensor alike; the largest tells them apart.
        ParameterSpec largest = _plan.StateTensors.Where(other => item.Drawn.Contains(other.Name)).MaxBy(other => other.Count)!;
        InitPlan? all = Array.Find(fitting, plan => Is(plan, largest, weights[largest.Name], seed));
        string said = all is not null ? GpuHypotheses.Said(all) : $"torch {fitting[0].Profile.Version} on a GPU";
        return (GpuHypotheses.CauseOf((all ?? fitting[0]).Profile, _plan.Profile), $"it has the bits of {said}, not of {_plan.Profile}");
    }

    /// <summary>The bits of a GPU that is not listed: the first element that differs from ours is the first for which one of the two has no
    /// new thread.</summary>
    (Cause Cause, string Said)? OfOtherBlocks(ParameterSpec tensor, TensorBuffer given, FirstDifference first)
    {
        if (_plan.Profile.Gpu is not { } own || first.Element <= 0 || first.Element % CudaLaunch.BlockSize != 0) { return null; }
        int equal = (int)(first.Element / CudaLaunch.BlockSize), most = (int)Math.Min(MostBlocks, tensor.Count / CudaLaunch.BlockSize + 1);
        IEnumerable<int> blocks = equal < own.Blocks ? [equal] : Enumerable.Range(own.Blocks + 1, Math.Max(0, most - own.Blocks));
        foreach (int number in blocks)
        {
            InitPlan plan = GpuHypotheses.On(_plan, new Gpu(number, CudaLaunch.BlockSize));
            if (IsFrom(plan, first.Element, tensor, given) && Is(plan, tensor, given, seed))
            {
                return (Cause.Device, $"it has the bits of a GPU of {number} blocks, which is not listed; not of {_plan.Profile}");
            }
        }
        return null;
    }

    bool IsFrom(InitPlan plan, long from, ParameterSpec tensor, TensorBuffer given)
    {
        int count = (int)Math.Min(Beginning, tensor.Count - from);
        return plan.MaterializeSlice(tensor.Name, from, count, new Generator(seed, plan.Profile), item.DType).Bytes(0, count)
            .SequenceEqual(given.Bytes((int)from, count));
    }
}
