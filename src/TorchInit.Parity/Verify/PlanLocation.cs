namespace TorchInit.Parity;

/// <summary>Where a step-0 checkpoint first differs from its plan.</summary>
/// <param name="Judgement">SameBits, Deviates, or CannotTell if no seed is known.</param>
/// <param name="Seed">The seed that it was compared with; null for none.</param>
/// <param name="Same">Tensors with all of the plan's bits, in draw order.</param>
/// <param name="Differing">The others, in that order; what is not drawn comes last.</param>
/// <param name="Module">The module of the first that differs; empty for none, and for a tensor of the model itself.</param>
/// <param name="Step">The number of the step that writes it, from 1; 0 if none does.</param>
/// <param name="Draw">That step, as torch users write it; empty for none.</param>
/// <param name="Word">The step's first word in the stream, or on a GPU the offset at which it starts; null if it draws nothing, or its
/// place depends on the values drawn.</param>
/// <param name="First">Its first element that differs.</param>
/// <param name="Cause">The cause, if it is known.</param>
/// <param name="Said">The cause in a sentence.</param>
public sealed record PlanLocation(Judgement Judgement, ulong? Seed, IReadOnlyList<string> Same, IReadOnlyList<string> Differing,
    string Module, int Step, string Draw, long? Word, FirstDifference First, Cause Cause, string Said)
{
    /// <summary>What <see cref="Word"/> counts.</summary>
    public StreamUnit Unit { get; init; }

    /// <summary>The tensors of the file that the plan does not have.</summary>
    public IReadOnlyList<string> NotCompared { get; init; } = [];

    internal static PlanLocation Of(Judgement judgement, ulong? seed, Cause cause, string said, FirstDifference first = default,
        IReadOnlyList<string>? same = null, IReadOnlyList<string>? differing = null)
        => new(judgement, seed, same ?? [], differing ?? [], ModuleOf(first.Tensor ?? ""), 0, "", null, first, cause, said);

    internal static string ModuleOf(string tensor) => tensor.LastIndexOf('.') is > 0 and var dot ? tensor[..dot] : "";
}
