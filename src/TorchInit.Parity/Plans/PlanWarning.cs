namespace TorchInit.Parity;

/// <summary>What people regret in an initialisation.</summary>
public enum PlanWarningKind
{
    /// <summary>A parameter that no step writes: in torch, what memory held.</summary>
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

    /// <summary>The size of one layer decides the weights of another that stands before it, or two share a pair of normals.</summary>
    CoupledByOrder,

    /// <summary>A standard deviation that no known scheme gives.</summary>
    UnusualDeviation,
}

/// <summary>A warning, with the tensors that it is about.</summary>
/// <param name="Kind">What is regretted.</param>
/// <param name="Said">One sentence.</param>
/// <param name="Tensors">All of them, where it is about tensors.</param>
public sealed record PlanWarning(PlanWarningKind Kind, string Said, IReadOnlyList<string> Tensors)
{
    /// <inheritdoc/>
    public override string ToString() => Said;
}
