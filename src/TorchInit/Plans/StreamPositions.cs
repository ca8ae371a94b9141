namespace TorchInit;

/// <summary>A place in the stream: so many words behind a generator that nobody draws from.</summary>
readonly record struct StreamPosition(Generator Start, long Words)
{
    /// <summary>A generator that stands there.</summary>
    public Generator Open()
    {
        Generator generator = Start.Clone();
        generator.Advance(Words);
        return generator;
    }
}

/// <summary>The stream as each step of a plan finds it. A step whose words are known is jumped over; one by rejection is drawn once to see where it ends.</summary>
static class StreamPositions
{
    // A clone has 5 KB; words up to here are drawn sooner than a jump is made, and a plan of many small steps shares its clones.
    const long Near = 4096;

    /// <summary>One place a step.</summary>
    public static StreamPosition[] Of(InitPlan plan, Generator start, DType dtype)
    {
        StreamPosition[] before = new StreamPosition[plan.Steps.Count];
        Generator at = start.Clone();
        long behind = 0;
        for (int i = 0; i < before.Length; i++)
        {
            before[i] = new(at, behind);
            InitStep step = plan.Steps[i];
            ParameterSpec spec = plan[step.Target.Tensor];
            ViewLayout view = ViewLayout.Of(step.Target, [.. spec.Shape]);
            bool cachedNormal = at.HasCachedNormal;
            long? words = step.WordsOrThrow(view, spec.DType ?? dtype, plan.Profile, ref cachedNormal);
            if (words == 0 && cachedNormal == at.HasCachedNormal) { continue; }
            bool isKnown = words is not null && !SliceRun.MayCacheNormal(step, view);
            if (isKnown && words <= Near - behind)
            {
                behind += words!.Value;
                continue;
            }
            at = before[i].Open();
            behind = 0;
            if (isKnown) { at.Advance(words!.Value); }
            else
            {
                Dictionary<string, TensorBuffer> scratch = new(StringComparer.Ordinal);
                new StepContext(at, name => scratch.TryGetValue(name, out TensorBuffer? tensor) ? tensor : scratch[name] = TensorBuffer.Zeros(plan[name].DType ?? dtype, [.. plan[name].Shape])).Run(step);
            }
        }
        return before;
    }
}
