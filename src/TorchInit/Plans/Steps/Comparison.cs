using System.Numerics;

namespace TorchInit;

/// <summary>A comparison of an element x with a number or another element s; NaN is unequal to everything.</summary>
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

/// <summary>Evaluates comparisons.</summary>
static class Comparisons
{
    public static bool Holds<T>(this Comparison operation, T x, T s)
        where T : IComparisonOperators<T, T, bool>
        => operation switch
        {
            Comparison.Lt => x < s,
            Comparison.Le => x <= s,
            Comparison.Gt => x > s,
            Comparison.Ge => x >= s,
            Comparison.Eq => x == s,
            _ => x != s,
        };
}
