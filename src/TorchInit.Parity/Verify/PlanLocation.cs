namespace TorchInit.Parity;

/// <summary>Where a checkpoint of step 0 parts from its plan.</summary>
/// <param name="Judgement">SameBits, Deviates, or CannotTell where no seed is known.</param>
/// <param name="Seed">The seed that it was compared with; null for none.</param>
/// <param name="Same">Tensors with all of the plan's bits, in the order of the draws.</param>
/// <param name="Differing">The others, in that order; what is not drawn stands last.</param>
/// <param name="Module">The module of the first that differs; empty for none, and for a tensor of the model itself.</param>
/// <param name="Step">The number of the step that makes it, from 1; 0 where none does.</param>
/// <param name="Draw">That step, as torch users write it; empty for none.</param>
/// <param name="Word">The first word of the stream that the step takes; null where it draws nothing, or that depends on values.</param>
/// <param name="First">Its first element that differs.</param>
/// <param name="Cause">The known cause.</param>
/// <param name="Said">The cause in a sentence.</param>
public sealed record PlanLocation(Judgement Judgement, ulong? Seed, IReadOnlyList<string> Same, IReadOnlyList<string> Differing,
    string Module, int Step, string Draw, long? Word, FirstDifference First, Cause Cause, string Said)
{
    internal static PlanLocation Of(Judgement judgement, ulong? seed, Cause cause, string said, FirstDifference first = default,
        IReadOnlyList<string>? same = null, IReadOnlyList<string>? differing = null)
        => new(judgement, seed, same ?? [], differing ?? [], ModuleOf(first.Tensor ?? ""), 0, "", null, first, cause, said);

    internal static string ModuleOf(string tensor) => tensor.LastIndexOf('.') is > 0 and var dot ? tensor[..dot] : "";
}
