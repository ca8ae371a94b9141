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

    /// <summary>sin x; torch's vector function has other last bits.</summary>
    Sin,

    /// <summary>cos x; torch's vector function has other last bits.</summary>
    Cos,

    /// <summary>tanh x; torch's vector function has other last bits.</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ˣ); torch's vector function has other last bits.</summary>
    Sigmoid,

    /// <summary>1 / √x.</summary>
    Rsqrt,

    /// <summary>−1, 0 or 1, by the sign of x.</summary>
    Sign,

    /// <summary>The greatest whole number that is not above x.</summary>
    Floor,

    /// <summary>The least whole number that is not below x.</summary>
    Ceil,

    /// <summary>x without its fraction.</summary>
    Trunc,

    /// <summary>The nearest whole number, of two the even one.</summary>
    Round,

    /// <summary>0 where x is below it, else x.</summary>
    Relu,
}
