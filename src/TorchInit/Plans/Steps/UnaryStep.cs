namespace TorchInit;

/// <summary>Applies a function to each element, in place: <c>abs_</c>, <c>sqrt_</c>, <c>neg_</c>, <c>exp_</c>, ….</summary>
/// <param name="Target">The tensor or view to change.</param>
/// <param name="Operation">The function.</param>
/// <remarks>Bit-identical except for sin, cos and tanh, and for exp, expm1, log and sigmoid where torch uses MKL's vector functions, as
/// official wheels for x64 do, or has no AVX2: those are within 2 units in the last place, as measured. For erfinv see
/// docs/compatibility.md. On a GPU all are CUDA's.</remarks>
public sealed record UnaryStep(StepTarget Target, UnaryOperation Operation) : MapStep(Target)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Operation.ToString().ToLowerInvariant()}_({Target})";

    internal override void CheckDType<T>(TorchProfile profile)
    {
        bool ofWhole = Operation is UnaryOperation.Neg or UnaryOperation.Abs or UnaryOperation.Square or UnaryOperation.Sign
            or UnaryOperation.Relu;
        if (!ofWhole || DType.Of<T>() == DType.Bool) { base.CheckDType<T>(profile); }
        bool vector = Operation is UnaryOperation.Sqrt or >= UnaryOperation.Exp and not UnaryOperation.Sign;
        if (typeof(T) == typeof(Half) && vector && !profile.HasHalfMath)
        {
            throw TorchArgumentException.RuntimeError("dtype", "float16", "float32, float64, bfloat16 (float16 since torch 2.1)",
                Operation is UnaryOperation.Relu or UnaryOperation.Rsqrt or UnaryOperation.Sigmoid ? null
                    : $"\"{Operation.ToString().ToLowerInvariant()}_vml_cpu\" not implemented for 'Half'");
        }
        if (Operation == UnaryOperation.Rsqrt) { CheckRsqrt<T>(profile, ofHalf: true); }
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
        => StepChecks.IsDefined(this, Operation);

    /// <summary>Refuses dtypes that torch on a CPU rounds once in whole vectors and twice in the tail.</summary>
    internal static void CheckRsqrt<T>(TorchProfile profile, bool ofHalf)
        where T : unmanaged
    {
        if (profile.Gpu is null && ((typeof(T) == typeof(Half) && ofHalf) || typeof(T) == typeof(BFloat16)))
        {
            throw new NotFollowedException($"1 / sqrt of {DType.Of<T>().TorchName()} is not followed; allowed: the reciprocal of a root, "
                + "or another dtype.");
        }
    }

    internal override void Map<T>(Span<T> elements, TorchProfile profile)
    {
        if (!DType.Of<T>().IsFloatingPoint())
        {
            foreach (ref T x in elements) { x = DrawElements.FromInteger<T>(Of(DrawElements.ToInteger(x))); }
            return;
        }
        foreach (ref T x in elements)
        {
            x = typeof(T) == typeof(double) ? Elements.FromDouble<T>(Of(Elements.ToDouble(x), profile))
                : Elements.FromFloat<T>(Of<T>(Elements.ToFloat(x), profile));
        }
    }

    long Of(long x) => Operation switch
    {
        UnaryOperation.Neg => unchecked(-x),
        UnaryOperation.Abs => x < 0 ? unchecked(-x) : x,
        UnaryOperation.Square => unchecked(x * x),
        UnaryOperation.Sign => Math.Sign(x),
        _ => Math.Max(x, 0),
    };

    double Of(double x, TorchProfile profile) => profile.Gpu is null ? OfCpu(x, profile) : CudaMath.Of(Operation, x) ?? OfCpu(x, profile);

    double OfCpu(double x, TorchProfile profile) => Operation switch
    {
        UnaryOperation.Neg => -x,
        UnaryOperation.Abs => Math.Abs(x),
        UnaryOperation.Sqrt or UnaryOperation.Root => Math.Sqrt(x),
        UnaryOperation.Square => x * x,
        UnaryOperation.Reciprocal => 1 / x,
        UnaryOperation.Exp => profile.HasSleef ? Sleef.Exp(x) : Math.Exp(x),
        UnaryOperation.ExpM1 => profile.HasSleef ? Sleef.ExpM1(x) : DoubleMath.ExpM1(x),
        UnaryOperation.Log => profile.HasSleef ? Sleef.Log(x) : DoubleMath.Log(x, profile),
        UnaryOperation.Sin => Math.Sin(x),
        UnaryOperation.Cos => Math.Cos(x),
        UnaryOperation.Tanh => Math.Tanh(x),
        UnaryOperation.Sigmoid => 1 / (1 + (profile.HasSleef ? Sleef.Exp(-x) : Math.Exp(-x))),
        UnaryOperation.Rsqrt => 1 / Math.Sqrt(x),
        UnaryOperation.Sign => x > 0 ? 1 : x < 0 ? -1 : 0,
        UnaryOperation.Floor => Math.Floor(x),
        UnaryOperation.Ceil => Math.Ceiling(x),
        UnaryOperation.Trunc => Math.Truncate(x),
        UnaryOperation.Round => Math.Round(x, MidpointRounding.ToEven),
        UnaryOperation.Relu => x < 0 ? 0 : x,
        _ => profile.Fused ? ErfInv.Compute<Fused>(x) : ErfInv.Compute<Unfused>(x),
    };

    float Of<T>(float x, TorchProfile profile)
        where T : unmanaged
        => profile.Gpu is null ? OfCpu<T>(x, profile) : CudaMath.Of(Operation, x) ?? OfCpu<T>(x, profile);

    float OfCpu<T>(float x, TorchProfile profile)
        where T : unmanaged
        => Operation switch
        {
            UnaryOperation.Neg => -x,
            UnaryOperation.Abs => MathF.Abs(x),
            UnaryOperation.Sqrt or UnaryOperation.Root => MathF.Sqrt(x),
            UnaryOperation.Square => x * x,
            UnaryOperation.Reciprocal => 1 / x,
            UnaryOperation.Exp => profile.HasSleef ? Sleef.Exp(x) : (float)Math.Exp(x),
            UnaryOperation.ExpM1 => profile.HasSleef ? Sleef.ExpM1(x) : (float)DoubleMath.ExpM1(x),
            UnaryOperation.Log => profile.HasSleef ? Sleef.Log(x) : (float)Math.Log(x),
            UnaryOperation.Rsqrt => 1 / MathF.Sqrt(x),
            // Each operation in float32: where exp(-x) overflows, torch gives 0.
            UnaryOperation.Sigmoid => 1 / (1 + (profile.HasSleef ? Sleef.Exp(-x) : (float)Math.Exp(-x))),
            not UnaryOperation.ErfInv => (float)OfCpu((double)x, profile),
            _ => TruncNormalByErfInv.ErfInvOf<T>(x, profile),
        };
}
