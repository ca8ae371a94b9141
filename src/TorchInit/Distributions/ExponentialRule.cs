namespace TorchInit;

/// <summary>exponential_(lambda): −ln(1 − u) / lambda in double, u from two words; rounded to the element's type once.</summary>
/// <remarks>In official x86-64 wheels from 2.1 to 2.9, MKL may make these draws; its bits were not measured. 2.10 and 2.11 draw as here
/// where they were measured (docs/draws.md).</remarks>
sealed class ExponentialRule : DrawRule
{
    public static ExponentialRule Instance { get; } = new();

    protected override int WordsOf(DType dtype, TorchProfile profile) => 2;

    public override void Check<T>(double a, double b, TorchProfile profile)
    {
        CheckArguments<T>(a, profile);
        profile.CheckMkl("exponential_", since: (2, 1));
    }

    /// <summary>Checks that torch makes on every device.</summary>
    public static void CheckArguments<T>(double a, TorchProfile profile)
        where T : unmanaged
    {
        bool zero = !profile.Has(2, 1);
        if (!(zero ? a >= 0 : a > 0))
        {
            throw TorchArgumentException.RuntimeError("lambda", a, zero ? "0 or more" : "above 0",
                $"exponential_ expects lambda {(zero ? ">=" : ">")} 0.0, but found lambda={CppFormat.General6(a)}");
        }
        string type = Elements.ScalarTypeName<T>();
        CheckFloating<T>(profile, zero ? $"\"exponential_{profile.Fills.Suffix}\" not implemented for '{type}'"
            : $"Exponential distribution is a continuous probability distribution. dtype must be a floating point but you specified"
                + $" {type}");
    }

    protected override void Draw<T>(Span<T> part, double a, double b, Mt19937 words, TorchProfile profile)
    {
        double factor = -1.0 / a;
        for (int i = 0; i < part.Length; i++)
        {
            part[i] = Elements.FromDouble<T>(factor * DoubleMath.LogOfRest(Unit(words), profile), profile);
        }
    }
}
