namespace TorchInit;

/// <summary>What a <see cref="CompareStep"/> asks of an element x and its number s.</summary>
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
