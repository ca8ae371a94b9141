namespace TorchInit;

/// <summary>What a <see cref="UnaryStep"/> computes from an element x.</summary>
public enum UnaryOperation
{
    /// <summary>−x.</summary>
    Neg,

    /// <summary>|x|.</summary>
    Abs,

    /// <summary>√x.</summary>
    Sqrt,

    /// <summary>√x as the power <c>x ** 0.5</c>, which torch used for float16 before it had a float16 square root.</summary>
    Root,

    /// <summary>x · x.</summary>
    Square,

    /// <summary>1 / x.</summary>
    Reciprocal,

    /// <summary>eˣ, by torch's vector function where that is known.</summary>
    Exp,

    /// <summary>ln x, by torch's vector function where that is known.</summary>
    Log,

    /// <summary>eˣ − 1, by torch's vector function where that is known.</summary>
    ExpM1,

    /// <summary>erf⁻¹ x, as in trunc_normal_ up to 2.11.</summary>
    ErfInv,

    /// <summary>sin x; torch's vector function may give other last bits.</summary>
    Sin,

    /// <summary>cos x; torch's vector function may give other last bits.</summary>
    Cos,

    /// <summary>tanh x; torch's vector function may give other last bits.</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ˣ); torch's vector function may give other last bits.</summary>
    Sigmoid,

    /// <summary>1 / √x.</summary>
    Rsqrt,

    /// <summary>−1, 0 or 1, by the sign of x.</summary>
    Sign,

    /// <summary>⌊x⌋.</summary>
    Floor,

    /// <summary>⌈x⌉.</summary>
    Ceil,

    /// <summary>x without its fractional part.</summary>
    Trunc,

    /// <summary>x rounded to the nearest integer, ties to even.</summary>
    Round,

    /// <summary>0 if x is below 0, else x.</summary>
    Relu,
}
