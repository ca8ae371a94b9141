namespace TorchInit;

/// <summary>What is asked of an element x and a number or another element s; NaN is unequal to everything.</summary>
public enum Comparison
{
    /// <summary>x &lt; s.</summary>
    Lt,

    /// <summary>x ≤ s.</summary>
    Le,

    /// <summary>x &gt; s.</summary>
    Gt,

    /// <summary>x ≥ s.</summary>
    Ge,

    /// <summary>x = s.</summary>
    Eq,

    /// <summary>x ≠ s.</summary>
    Ne,
}
