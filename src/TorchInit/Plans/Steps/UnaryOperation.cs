namespace TorchInit;

/// <summary>What a <see cref="UnaryStep"/> makes of an element x.</summary>
public enum UnaryOperation
{
    /// <summary>−x.</summary>
    Neg,

    /// <summary>|x|.</summary>
    Abs,

    /// <summary>√x.</summary>
    Sqrt,

    /// <summary>√x as the power <c>x ** 0.5</c>, which torch had for float16 before its own root.</summary>
    Root,

    /// <summary>x · x.</summary>
    Square,

    /// <summary>1 / x.</summary>
    Reciprocal,

    /// <summary>eˣ, as torch's vector function where that is known.</summary>
    Exp,

    /// <summary>ln x, as torch's vector function where that is known.</summary>
    Log,

    /// <summary>eˣ − 1, as torch's vector function where that is known.</summary>
    ExpM1,

    /// <summary>erf⁻¹ x, as in trunc_normal_ up to 2.11.</summary>
    ErfInv,
}
