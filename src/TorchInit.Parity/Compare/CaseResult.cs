namespace TorchInit.Parity;

/// <summary>The result of one case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Elements">How many elements were compared.</param>
/// <param name="Differing">How many differ.</param>
/// <param name="MaxUlp">The largest distance in units in the last place.</param>
/// <param name="Distance">The largest max |actual − expected| / max |expected| over the tensors, in ε of their dtype.</param>
/// <param name="Promise">What was promised.</param>
/// <param name="Detail">For a mismatch: what differs first, with both values. For a refusal: the exception's class. For a case that was not
/// asked: why.</param>
/// <param name="Tensors">One entry per tensor, if the elements themselves were compared.</param>
/// <param name="Undefined">Elements that torch allocates and never writes: they hold whatever was in memory, and are not compared.</param>
public sealed record CaseResult(ParityCase Case, Outcome Outcome, long Elements, long Differing, ulong MaxUlp, double Distance,
    Promise Promise, string Detail, IReadOnlyList<TensorResult> Tensors, long Undefined = 0)
{
    /// <summary>Whether the promise was kept: torch's answer was compared, and nothing contradicts it.</summary>
    public bool Passed => Outcome is not (Outcome.Mismatch or Outcome.NotAsked);

    internal static CaseResult Without(ParityCase item, Outcome outcome, Promise promise, string detail)
        => new(item, outcome, 0, 0, 0, 0, promise, detail, []);
}

/// <summary>One tensor of a case.</summary>
/// <param name="Name">Its key in the state dict; empty for a bare operation.</param>
/// <param name="DType">torch's name of the dtype.</param>
/// <param name="Shape">As Python writes it.</param>
/// <param name="Bits">The comparison.</param>
/// <param name="Undefined">Elements that torch never writes, which are not compared.</param>
public sealed record TensorResult(string Name, string DType, string Shape, BitComparison Bits, long Undefined = 0);
