namespace TorchInit.Parity;

/// <summary>An initialiser with one named fault, which the harness must never pass.</summary>
public sealed class Mutant : Initialiser
{
    readonly PlanInitialiser _right = new();
    readonly Func<DrawRequest, Func<DrawRequest, Drawn>, Drawn> _draw;

    internal Mutant(string number, string name, string origin, string fault, IReadOnlyList<string> expressions, Func<DrawRequest,
        Func<DrawRequest, Drawn>, Drawn> draw)
        => (Number, Name, Origin, Fault, Expressions, _draw) = (number, name, origin, fault, expressions, draw);

    /// <summary>1 to 18 for silent bugs that were shipped, with a letter if there were two; R1, R2, … for mistakes of rounding and
    /// order.</summary>
    public string Number { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Who shipped it, or where it comes from.</summary>
    public string Origin { get; }

    /// <summary>What is wrong.</summary>
    public string Fault { get; }

    /// <summary>What it is asked to draw: a sweep if the fault shows only in some shapes.</summary>
    public IReadOnlyList<string> Expressions { get; }

    /// <summary>The dtype it draws.</summary>
    public DType DType { get; init; } = DType.Float32;

    /// <summary>How it seeds its workers; null for seed + worker.</summary>
    internal Func<ulong, int, ulong>? Seeds { get; init; }

    /// <summary>Whether its fault is in how it draws a shard; if not, a shard is cut from its whole tensor.</summary>
    internal bool DrawsShards { get; init; }

    /// <inheritdoc/>
    public override Drawn Draw(DrawRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Shard is not { } shard || DrawsShards) { return _draw(request, _right.Draw); }
        Drawn whole = _draw(request with { Shard = null }, _right.Draw);
        return whole with { Tensors = Shards.Cut(whole.Tensors, shard) };
    }

    /// <inheritdoc/>
    public override ulong SeedOf(ulong seed, int worker) => Seeds is null ? base.SeedOf(seed, worker) : Seeds(seed, worker);

    /// <summary>A fault in one kind of step; everything else is drawn correctly.</summary>
    internal static Mutant OfStep<T>(string number, string name, string origin, string fault, string[] expressions, Func<T, InitPlan,
        InitStep> change)
        where T : InitStep
        => new(number, name, origin, fault, expressions, (request, draw) => draw(request with { Plan = Change(request.Plan, change) }));

    static InitPlan Change<T>(InitPlan plan, Func<T, InitPlan, InitStep> change)
        where T : InitStep
        => new(plan.Title, plan.Profile, plan.Tensors, [.. plan.Steps.Select(step => step is T match ? change(match, plan) : step)]);
}
