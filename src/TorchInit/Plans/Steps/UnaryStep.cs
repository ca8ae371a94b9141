namespace TorchInit;

/// <summary>A function of each element, in place: <c>abs_</c>, <c>sqrt_</c>, <c>neg_</c>, <c>exp_</c>, ….</summary>
/// <param name="Target">What is changed.</param>
/// <param name="Operation">Which function.</param>
/// <remarks>Equal to the bit but for exp, expm1 and log where torch computes them by MKL's vector functions, as official wheels for x64
/// do, or without AVX2: those to a unit in the last place. erfinv is as docs/compatibility.md says.</remarks>
public sealed record UnaryStep(StepTarget Target, UnaryOperation Operation) : MapStep(Target)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Operation.ToString().ToLowerInvariant()}_({Target})";

    internal override void CheckDType<T>(TorchProfile profile)
    {
        base.CheckDType<T>(profile);
        bool vector = Operation is UnaryOperation.Sqrt or UnaryOperation.Exp or UnaryOperation.Log or UnaryOperation.ExpM1
            or UnaryOperation.ErfInv;
        if (typeof(T) == typeof(Half) && vector && !profile.HasHalfMath)
        {
            throw TorchArgumentException.RuntimeError("dtype", "float16", "float32, float64, bfloat16 (float16 since torch 2.1)",
                $"\"{Operation.ToString().ToLowerInvariant()}_vml_cpu\" not implemented for 'Half'");
        }
    }

    internal override void Map<T>(Span<T> elements, TorchProfile profile)
    {
        foreach (ref T x in elements)
        {
            x = typeof(T) == typeof(double) ? Elements.FromDouble<T>(Of(Elements.ToDouble(x), profile))
                : Elements.FromFloat<T>(Of<T>(Elements.ToFloat(x), profile));
        }
    }

    double Of(double x, TorchProfile profile) => Operation switch
    {
        UnaryOperation.Neg => -x,
        UnaryOperation.Abs => Math.Abs(x),
        UnaryOperation.Sqrt or UnaryOperation.Root => Math.Sqrt(x),
        UnaryOperation.Square => x * x,
        UnaryOperation.Reciprocal => 1 / x,
        UnaryOperation.Exp => profile.HasSleef ? Sleef.Exp(x) : Math.Exp(x),
        UnaryOperation.ExpM1 => profile.HasSleef ? Sleef.ExpM1(x) : DoubleMath.ExpM1(x),
        UnaryOperation.Log => profile.HasSleef ? Sleef.Log(x) : DoubleMath.Log(x, profile),
        _ => profile.Fused ? ErfInv.Compute<Fused>(x) : ErfInv.Compute<Unfused>(x),
    };

    float Of<T>(float x, TorchProfile profile) => Operation switch
    {
        UnaryOperation.Neg => -x,
        UnaryOperation.Abs => MathF.Abs(x),
        UnaryOperation.Sqrt or UnaryOperation.Root => MathF.Sqrt(x),
        UnaryOperation.Square => x * x,
        UnaryOperation.Reciprocal => 1 / x,
        UnaryOperation.Exp => profile.HasSleef ? Sleef.Exp(x) : (float)Math.Exp(x),
        UnaryOperation.ExpM1 => profile.HasSleef ? Sleef.ExpM1(x) : (float)DoubleMath.ExpM1(x),
        UnaryOperation.Log => profile.HasSleef ? Sleef.Log(x) : (float)Math.Log(x),
        _ => TruncNormalByErfInv.ErfInvOf<T>(x, profile),
    };
}
