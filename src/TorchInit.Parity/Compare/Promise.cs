using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace TorchInit.Parity;

/// <summary>What is promised of a case: the same bits, or the same values to a stated tolerance, and why.</summary>
/// <param name="Tolerance">0 for the same bits; else the largest max |actual − expected| / max |expected| of a tensor, in ε of its dtype.
/// Infinite if nothing is promised of the values.</param>
/// <param name="Why">What decides the last bits; empty for the same bits.</param>
public sealed record Promise(double Tolerance, string Why)
{
    /// <summary>The same bits.</summary>
    public static Promise SameBits { get; } = new(0, "");

    /// <summary>Whether the same bits are promised.</summary>
    public bool IsExact => Tolerance == 0;

    /// <summary>How far an element may deviate besides <see cref="Tolerance"/>, from its value and ε; null if the tolerance is
    /// all.</summary>
    internal Func<double, double, double>? Element { get; init; }

    /// <summary>The promise for a plan, given what its steps call.</summary>
    /// <param name="plan">The plan, for the profile that is asked.</param>
    /// <param name="dtype">The floating dtype of the weights.</param>
    public static Promise For(InitPlan plan, DType dtype)
    {
        ArgumentNullException.ThrowIfNull(plan);
        // The loosest of the steps' promises holds for the plan.
        Promise[] promises = [.. plan.Steps.Select(step => Of(step, plan, dtype)).Append(SameBits)];
        Func<double, double, double>[] elements = [.. promises.Select(promise => promise.Element).OfType<Func<double, double, double>>()];
        return promises.MaxBy(promise => promise.Tolerance)! with
        {
            Element = elements.Length == 0 ? null : (value, epsilon) => elements.Max(allowed => allowed(value, epsilon)),
        };
    }

    /// <summary>Whether a tensor keeps this promise.</summary>
    /// <param name="dtype">The dtype of both.</param>
    /// <param name="expected">torch's bytes, little-endian.</param>
    /// <param name="actual">C#'s bytes, as many.</param>
    /// <param name="bits">Their comparison.</param>
    internal bool Allows(DType dtype, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, BitComparison bits)
        => bits.Differing == 0 || (!IsExact && (bits.Distance <= Tolerance || (Element is not null && dtype switch
        {
            DType.Float32 => All<float>(expected, actual, Math.Pow(2, -23)),
            DType.Float64 => All<double>(expected, actual, Math.Pow(2, -52)),
            _ => false,
        })));

    /// <summary>The tolerance as text: <c>8 ε</c>, or that nothing is promised.</summary>
    internal string Allowed
        => double.IsInfinity(Tolerance) ? "nothing promised" : string.Create(CultureInfo.InvariantCulture, $"{Tolerance:G2} ε allowed");

    bool All<T>(ReadOnlySpan<byte> expectedBytes, ReadOnlySpan<byte> actualBytes, double epsilon)
        where T : struct, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> expected = MemoryMarshal.Cast<byte, T>(expectedBytes);
        ReadOnlySpan<T> actual = MemoryMarshal.Cast<byte, T>(actualBytes);
        double largest = 0;
        foreach (T value in expected) { largest = Math.Max(largest, Math.Abs(double.CreateTruncating(value))); }
        for (int i = 0; i < expected.Length; i++)
        {
            (double x, double y) = (double.CreateTruncating(expected[i]), double.CreateTruncating(actual[i]));
            if (x != y && !(Math.Abs(x - y) <= Math.Max(Tolerance * epsilon * largest, Element!(y, epsilon)))) { return false; }
        }
        return true;
    }

    static Promise Of(InitStep step, InitPlan plan, DType asked)
    {
        TorchProfile profile = plan.Profile;
        ParameterSpec target = plan[step.Target.Tensor];
        DType dtype = target.TypeOr(asked);
        return step switch
        {
            // Thrown away, so it is not compared.
            NormalizeStep when target.Kind == ParameterKind.Scratch => SameBits,
            OrthogonalStep => Qr(profile, target),
            TruncNormalStep cut when !profile.TruncatesByRejection => ErfInvPromise.Of(cut, profile, dtype),
            PowerIterationStep power => SumPromise.OfPowerIteration(profile, dtype, plan[power.Weight], target.Count, power.Iterations),
            NormExceptStep norm => SumPromise.OfNorm(profile, dtype, target.Count == 0 ? 0 : plan[norm.Source].Count / target.Count),
            NormalizeStep => SumPromise.OfNormalized(profile, dtype, target.Count),
            UnaryStep { Operation: UnaryOperation.ErfInv } when profile.Erf == ErfImplementation.Vendor
                => new(double.PositiveInfinity, "the vendor's erfinv"),
            UnaryStep or ScalarStep when VectorFunctions.Ulps(step, dtype, profile) is > 0 and var ulps
                => new(Math.Max(4, (double)ulps), "torch's vector functions, or MKL's"),
            CauchyStep when !profile.HasGlibc && dtype == DType.Float64 => new(8, "the C library's tan"),
            LogNormalStep when !profile.HasGlibc && dtype == DType.Float64 => new(8, "the C library's exp, log, sin and cos"),
            NormalStep or TruncNormalStep or SparseStep => Normal(profile, dtype),
            _ => SameBits,
        };
    }

    static Promise Qr(TorchProfile profile, ParameterSpec target)
    {
        long rows = target.Shape[0];
        long smaller = rows == 0 ? 0 : Math.Min(rows, target.Count / rows);
        // Rounding grows with the number of reflections; a vendor's differ in order and blocking.
        return profile.Gpu is not null ? new(16 + 8 * smaller, "cuSOLVER")
            : profile.Lapack == LapackImplementation.Vendor ? new(16 + 8 * smaller, "the LAPACK behind torch") : SameBits;
    }

    static Promise Normal(TorchProfile profile, DType dtype) => profile.Platform switch
    {
        _ when profile.Gpu is not null => SameBits,
        // What is left on Windows goes by the float32 polynomials, or is rounded from double and agreed wherever it was measured.
        TorchPlatform.WindowsX64 when dtype == DType.Float64 || profile.Cpu == CpuCapability.Default || (dtype != DType.Float32
            && profile.Normal16 != Normal16Kind.Float32Block) => new(8, "UCRT's log, sin and cos"),
        TorchPlatform.MacOSArm64 => new(8, "Apple's log, sin and cos, read from the machine code and not run"),
        _ => SameBits,
    };
}
