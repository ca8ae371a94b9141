namespace TorchInit;

/// <summary>What a <see cref="ScalarStep"/> does with an element x and its number s.</summary>
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
}
