namespace TorchInit;

/// <summary>log_normal_(mean, std): exp of a normal, drawn one by one in double for every size; uses and leaves a cached normal.</summary>
/// <remarks>Uses this machine's exponential, which on Linux is glibc's. Only float64 shows its last bit.</remarks>
sealed class LogNormalRule : FillRule
{
    public static LogNormalRule Instance { get; } = new();

    public override double Cost(DType dtype, TorchProfile profile) => 40;

    public override int Grain(FillExtent fill) => 0;

    public override bool KeepsNormal(FillExtent fill) => true;

    public override long Length(FillExtent fill, DType dtype, TorchProfile profile, ref bool cachedNormal)
        => NormalFill.Words(fill.Count, dtype, profile, contiguous: false, ref cachedNormal);

    public override void Check<T>(double a, double b, TorchProfile profile) => CheckArguments<T>(b, profile);

    /// <summary>torch's checks of std and dtype.</summary>
    public static void CheckArguments<T>(double b, TorchProfile profile)
        where T : unmanaged
    {
        if (!(b > 0))
        {
            throw TorchArgumentException.RuntimeError("std", b, "above 0",
                $"log_normal_ expects std > 0.0, but found std={CppFormat.General6(b)}");
        }
        if (!DType.Of<T>().IsFloatingPoint())
        {
            throw TorchArgumentException.NotImplemented(profile, "dtype", DType.Of<T>().TorchName(), "float32, float64, float16, bfloat16",
                $"\"log_normal_{profile.Fills.Suffix}\" not implemented for '{Elements.ScalarTypeName<T>()}'");
        }
    }

    public override void Draw<T>(Span<T> part, FillPart at, double a, double b, Generator generator)
    {
        TorchProfile profile = generator.Profile;
        generator.MoveTo(at.Start);
        for (int i = 0; i < part.Length; i++)
        {
            double normal = NormalScalar.NextStandard(generator.Words, profile);
            double value = profile.Fused ? Math.FusedMultiplyAdd(normal, b, a) : normal * b + a;
            part[i] = Elements.FromDouble<T>(Math.Exp(value), profile);
        }
    }
}
