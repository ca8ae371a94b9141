namespace TorchInit.Cli;

/// <summary>What is timed on both sides.</summary>
/// <param name="Name">The row's title.</param>
/// <param name="Fills">In order.</param>
/// <param name="DType">Of the memory.</param>
/// <param name="Fresh">Memory from the system each time; else memory that was written before.</param>
/// <param name="Profile">The torch whose rules C# follows; null for those of the torch at hand.</param>
/// <param name="Model">torchvision's model that torch constructs and whose recording we replay, instead of fills; null for fills.</param>
sealed record BenchCase(string Name, IReadOnlyList<BenchFill> Fills, DType DType = DType.Float32, bool Fresh = false,
    TorchProfile? Profile = null, string? Model = null)
{
    /// <summary>A construction by torch beside a replay by us, both with memory of their own.</summary>
    public static BenchCase Recorded(string model) => new($"{model}(), constructed and replayed", [], Model: model);

    public long Size => Fills.Max(fill => fill.Offset + fill.Count);

    public long Elements => Fills.Sum(fill => fill.Count);

    /// <summary>How often the list is run in a sample, so that a clock's tick is nothing.</summary>
    public int Rounds => Model is not null ? 1 : (int)Math.Max(1, 2_000_000 / Elements);

    /// <summary>The model's recording; or the fills, whose tensors are named by their offsets: fills with one offset share a
    /// tensor.</summary>
    public InitPlan Plan(TorchProfile profile)
    {
        if (Model is not null) { return PlanLibrary.Load(Model, profile); }
        bool square = Fills is [{ Torch: "orthogonal_" }];
        ParameterSpec[] tensors = [.. Fills.DistinctBy(fill => fill.Offset)
            .Select(fill => new ParameterSpec($"at{fill.Offset}", square ? [(long)fill.Arguments[0], (long)fill.Arguments[0]]
            : [fill.Count]))];
        InitStep[] steps = [.. Fills.Select(fill => fill.Step($"at{fill.Offset}"))];
        return new(Name, profile, tensors, steps, steps);
    }
}
