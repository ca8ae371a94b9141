namespace TorchInit;

/// <summary>What a <see cref="CompareStep"/> asks of two elements; NaN is unequal to everything.</summary>
public enum CompareOperation
{
    /// <summary>x &gt; y.</summary>
    Gt,

    /// <summary>x ≥ y.</summary>
    Ge,

    /// <summary>x &lt; y.</summary>
    Lt,

    /// <summary>x ≤ y.</summary>
    Le,

    /// <summary>x = y.</summary>
    Eq,

    /// <summary>x ≠ y.</summary>
    Ne,
}
