namespace TorchInit;

/// <summary>cauchy_(median, sigma): median + sigma · tan(π·(u − ½)) in double, u from two words.</summary>
/// <remarks>Uses this machine's tangent, which on Linux is glibc's. Only float64 shows its last bit.</remarks>
sealed class CauchyRule : DrawRule
{
    public static CauchyRule Instance { get; } = new();

    protected override int WordsOf(DType dtype, TorchProfile profile) => 2;

    public override void Check<T>(double a, double b, TorchProfile profile) => CheckArguments<T>(b, profile);

    /// <summary>torch's checks of sigma and dtype.</summary>
    public static void CheckArguments<T>(double b, TorchProfile profile)
        where T : unmanaged
    {
        bool older = !profile.Has(2, 1);
        if (!older && !(b > 0))
        {
            throw TorchArgumentException.RuntimeError("sigma", b, "above 0",
                $"cauchy_ expects sigma > 0.0, but found sigma={CppFormat.General6(b)}");
        }
        CheckFloating<T>(profile, older ? $"\"cauchy_{profile.Fills.Suffix}\" not implemented for '{Elements.ScalarTypeName<T>()}'" : null);
    }

    protected override void Draw<T>(Span<T> part, double a, double b, Mt19937 words, TorchProfile profile)
    {
        for (int i = 0; i < part.Length; i++)
        {
            double tangent = Math.Tan(Math.PI * (Unit(words) - 0.5));
            double value = profile.Fused ? Math.FusedMultiplyAdd(b, tangent, a) : b * tangent + a;
            part[i] = Elements.FromDouble<T>(value, profile);
        }
    }
}
