namespace TorchInit.Parity;

/// <summary>Which tensors of a plan hold draws, by what its steps write and read. The others, scales, zeros and a norm's running
/// statistics, are the same for every seed.</summary>
static class DrawnTensors
{
    /// <summary>Names of tensors with elements that depend on the generator.</summary>
    public static HashSet<string> Of(InitPlan plan, DType dtype)
    {
        HashSet<string> drawn = new(StringComparer.Ordinal);
        foreach ((InitStep step, long? words) in plan.Steps.Zip(plan.WordsOfSteps(dtype)))
        {
            string target = step.Target.Tensor;
            bool isDraw = words != 0 || step.Reads.Any(drawn.Contains);
            if (isDraw) { drawn.UnionWith(step.Writes); }
            // A row of zeros leaves draws in the others; a whole fill leaves none.
            else if (!step.IsInPlace && step.Target.Shape is null) { drawn.Remove(target); }
        }
        return drawn;
    }
}
