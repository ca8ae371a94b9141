namespace TorchInit;

/// <summary>
/// Runs steps in an order that gives what torch's order gives: draws are gathered and shared by threads; constants and copies wait until the draws
/// before them are done; everything else waits for nothing and lets nothing wait.
/// </summary>
sealed class PlanRunner(StepContext context, int threads, double startNanoseconds = DrawGroup.StartNanoseconds)
{
    readonly DrawGroup _group = new(startNanoseconds);
    readonly List<InitStep> _waiting = [];
    readonly HashSet<string> _touchedByWaiting = new(StringComparer.Ordinal);
    bool _cachedNormal;

    /// <summary>Elements below which the steps are run as they come: 1e5 uniforms take 20 µs, which is less than a second thread's start.</summary>
    public const long Small = 100_000;

    /// <summary>Runs the steps, which fill so many elements; few are not worth a group.</summary>
    public void Run(IReadOnlyList<InitStep> steps, long elements)
    {
        if (elements > Small) { Run(steps); }
        else
        {
            foreach (InitStep step in steps) { context.Run(step); }
        }
    }

    public void Run(IEnumerable<InitStep> steps)
    {
        foreach (InitStep step in steps)
        {
            try { Add(step); }
            catch
            {
                Flush();        // as in torch, what came before a refused step is done and gone from the stream
                throw;
            }
        }
        Flush();
    }

    void Add(InitStep step)
    {
        if (_group.IsEmpty) { _cachedNormal = context.Generator.HasCachedNormal; }
        if (step is IDraw) { AddDraw(step); }
        else if (step is FillStep or CopyStep && !_group.IsEmpty)
        {
            context.Check(step);
            _waiting.Add(step);
            _touchedByWaiting.UnionWith(step.Reads.Concat(step.Writes));
        }
        else
        {
            Flush();
            context.Run(step);
        }
    }

    void AddDraw(InitStep step)
    {
        context.Check(step);
        if (_touchedByWaiting.Contains(step.Target.Tensor)) { Flush(); }
        TensorBuffer buffer = context.Tensors(step.Target.Tensor);
        ViewLayout layout = ViewLayout.Of(step.Target, [.. buffer.Shape]);
        bool cachedBefore = _cachedNormal;
        long words = step.Words(layout, buffer.DType, context.Generator.Profile, ref _cachedNormal)!.Value;
        Draw draw = new(step, buffer, layout, words, cachedBefore);
        if (_group.TryAdd(draw)) { return; }
        Flush();
        _group.TryAdd(draw);
    }

    void Flush()
    {
        if (!_group.IsEmpty) { _group.Run(context, threads); }
        foreach (InitStep step in _waiting) { context.Run(step); }
        _waiting.Clear();
        _touchedByWaiting.Clear();
    }
}
