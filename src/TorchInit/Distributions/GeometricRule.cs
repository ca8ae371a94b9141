namespace TorchInit;

/// <summary>geometric_(p): ⌈ln u / ln(1 − p)⌉ in double, u from two words, then cast to the element's type.</summary>
sealed class GeometricRule : DrawRule
{
    public static GeometricRule Instance { get; } = new();

    protected override int WordsOf(DType dtype, TorchProfile profile) => 2;

    public override void Check<T>(double a, double b, TorchProfile profile)
    {
        if (!(a is > 0 and < 1))
        {
            throw TorchArgumentException.RuntimeError("p", a, "above 0 and below 1",
                $"geometric_ expects p to be in (0, 1), but got p={CppFormat.General6(a)}");
        }
        if (typeof(T) == typeof(bool))
        {
            throw TorchArgumentException.NotImplemented(profile, "dtype", "bool", "any other",
                $"\"geometric_{profile.Fills.Suffix}\" not implemented for 'Bool'");
        }
    }

    protected override void Draw<T>(Span<T> part, double a, double b, Mt19937 words, TorchProfile profile)
    {
        double rest = DoubleMath.LogOfRest(a, profile);
        for (int i = 0; i < part.Length; i++)
        {
            part[i] = DrawElements.FromDouble<T>(Math.Ceiling(DoubleMath.Log(Unit(words), profile) / rest), profile);
        }
    }
}
