namespace TorchInit.Parity;

/// <summary>Common mistakes in an initialisation.</summary>
public enum PlanWarningKind
{
    /// <summary>A parameter that no step writes: in torch it holds whatever was in memory.</summary>
    NeverInitialised,

    /// <summary>Tensors that are drawn more than once.</summary>
    DrawnAgain,

    /// <summary>Draws that nothing keeps.</summary>
    Wasted,

    /// <summary>Matrices of zeros.</summary>
    ZeroMatrix,

    /// <summary>Matrices of one value.</summary>
    ConstantMatrix,

    /// <summary>Tensors that are copies of one draw.</summary>
    IdenticalCopies,

    /// <summary>One memory under two names.</summary>
    Tied,

    /// <summary>The size of one layer changes the weights of an earlier one, or two layers share a pair of normals.</summary>
    CoupledByOrder,

    /// <summary>A standard deviation that no known scheme gives.</summary>
    UnusualDeviation,
}

/// <summary>A warning, with the tensors that it is about.</summary>
/// <param name="Kind">The kind of mistake.</param>
/// <param name="Said">The warning, in one sentence.</param>
/// <param name="Tensors">All tensors it is about, if any.</param>
public sealed record PlanWarning(PlanWarningKind Kind, string Said, IReadOnlyList<string> Tensors)
{
    /// <inheritdoc/>
    public override string ToString() => Said;
}
