namespace TorchInit;

/// <summary>What a <see cref="ScalarStep"/> or <see cref="CombineStep"/> computes from an element x and a number or other element
/// s.</summary>
public enum ScalarOperation
{
    /// <summary>x · s.</summary>
    Mul,

    /// <summary>x / s.</summary>
    Div,

    /// <summary>x + s.</summary>
    Add,

    /// <summary>x − s.</summary>
    Sub,

    /// <summary>s − x.</summary>
    Rsub,

    /// <summary>xˢ; torch's vector function may give other last bits, except for powers that are roots or products.</summary>
    Pow,

    /// <summary>⌊x / s⌋.</summary>
    FloorDivide,

    /// <summary>x − s · ⌊x / s⌋: the remainder with the sign of s.</summary>
    Remainder,
}
