namespace TorchInit;

/// <summary>
/// Runs steps in an order with the same result as torch's: draws are collected and shared among threads; constants and copies wait until
/// the draws before them are done; every other step runs at once, after all that was collected.
/// </summary>
sealed class PlanRunner(InitPlan plan, StepContext context, int threads, double startNanoseconds = DrawGroup.StartNanoseconds)
{
    /// <summary>Up to this many elements the steps run one by one: uniforms take 26 µs, the costliest normals 2.6 ms, of which a second
    /// thread would save less than its start takes.</summary>
    public const long Small = 1 << 17;

    readonly DrawGroup _group = new(startNanoseconds);
    readonly List<PlacedStep> _waiting = [];
    readonly HashSet<int> _touchedByWaiting = [];
    bool _cachedNormal;

    /// <summary>Runs steps of the plan: one by one if there are few elements, else grouped.</summary>
    public static void Run(InitPlan plan, IReadOnlyList<PlacedStep> steps, StepContext context, int threads)
    {
        if (InitPlan.ElementsOf(steps) > Small) { new PlanRunner(plan, context, threads).Run(steps); }
        else
        {
            foreach (PlacedStep step in steps) { context.Run(step); }
        }
    }

    public void Run(IReadOnlyList<PlacedStep> steps)
    {
        foreach (PlacedStep step in steps)
        {
            try { Add(step); }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Flush();        // as in torch, the steps before a refused one have run and advanced the stream
                throw;
            }
        }
        Flush();
    }

    void Add(PlacedStep placed)
    {
        if (_group.IsEmpty) { _cachedNormal = context.Generator.HasCachedNormal; }
        if (placed.Step.FillBy(context.Generator.Profile.Fills) is { Rule.Draws: true } fill) { AddDraw(placed, fill); }
        else if (placed.Step.CanWait && !_group.IsEmpty)
        {
            context.Check(placed);
            _waiting.Add(placed);
            _touchedByWaiting.UnionWith(placed.Step.Reads.Concat(placed.Step.Writes).Select(plan.StorageOf));
        }
        else
        {
            Flush();
            context.Run(placed);
        }
    }

    void AddDraw(PlacedStep placed, ElementFill fill)
    {
        context.Check(placed);
        if (_touchedByWaiting.Contains(placed.Storage)) { Flush(); }
        TensorBuffer buffer = placed.CoversTensor ? context.Tensors.ToWrite(placed.Storage) : context.Tensors[placed.Storage];
        bool cachedBefore = _cachedNormal;
        long words = placed.Step.Words(placed.Layout, buffer.DType, context.Generator.Profile, ref _cachedNormal)!.Value;
        Draw draw = new(placed, fill, buffer, words, cachedBefore);
        if (_group.TryAdd(draw, context.Generator)) { return; }
        Flush();
        _group.TryAdd(draw, context.Generator);
    }

    void Flush()
    {
        if (!_group.IsEmpty) { _group.Run(context, threads); }
        foreach (PlacedStep step in _waiting) { context.Run(step); }
        _waiting.Clear();
        _touchedByWaiting.Clear();
    }
}
