namespace TorchInit;

/// <summary>The generator as each step of a plan finds it. A step whose words are known is jumped over; one by rejection is drawn once to see where it ends.</summary>
static class StreamPositions
{
    /// <summary>One generator a step; steps that draw nothing share theirs. Nobody may draw from them: clone.</summary>
    public static Generator[] Of(InitPlan plan, Generator start, DType dtype)
    {
        Generator[] before = new Generator[plan.Steps.Count];
        Generator at = start.Clone();
        for (int i = 0; i < before.Length; i++)
        {
            before[i] = at;
            InitStep step = plan.Steps[i];
            ParameterSpec spec = plan[step.Target.Tensor];
            ViewLayout view = ViewLayout.Of(step.Target, [.. spec.Shape]);
            bool cachedNormal = at.HasCachedNormal;
            long? words = step.WordsOrThrow(view, spec.DType ?? dtype, plan.Profile, ref cachedNormal);
            if (words == 0 && cachedNormal == at.HasCachedNormal) { continue; }
            at = at.Clone();
            if (words is { } known && !SliceRun.MayCacheNormal(step, view)) { at.Advance(known); }
            else
            {
                Dictionary<string, TensorBuffer> scratch = new(StringComparer.Ordinal);
                new StepContext(at, name => scratch.TryGetValue(name, out TensorBuffer? tensor) ? tensor : scratch[name] = TensorBuffer.Zeros(plan[name].DType ?? dtype, [.. plan[name].Shape])).Run(step);
            }
        }
        return before;
    }
}
