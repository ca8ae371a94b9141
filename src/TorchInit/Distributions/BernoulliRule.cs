namespace TorchInit;

/// <summary>bernoulli_(p): 1 where u &lt; p, u a double from two words; the same for every dtype.</summary>
/// <remarks>In official x86-64 wheels before 2.10, MKL may make these draws on Intel processors; its bits were not measured. 2.10 and 2.11
/// draw as here where they were measured (docs/draws.md).</remarks>
sealed class BernoulliRule : DrawRule
{
    public static BernoulliRule Instance { get; } = new();

    protected override int WordsOf(DType dtype, TorchProfile profile) => 2;

    public override void Check<T>(double a, double b, TorchProfile profile)
    {
        CheckProbability(a);
        _ = DType.Of<T>();
        CheckHalf<T>(profile, "bernoulli_scalar_cpu_");
        profile.CheckMkl("bernoulli_", since: (1, 13));
    }

    public static void CheckProbability(double p)
    {
        if (!(p is >= 0 and <= 1))
        {
            throw TorchArgumentException.RuntimeError("p", p, "0 to 1",
                $"bernoulli_ expects p to be in [0, 1], but got p={CppFormat.General6(p)}");
        }
    }

    /// <summary>Before 2.1, torch had no kernel for float16.</summary>
    public static void CheckHalf<T>(TorchProfile profile, string kernel)
        where T : unmanaged
    {
        if (typeof(T) == typeof(Half) && !profile.HasHalfMath)
        {
            throw TorchArgumentException.RuntimeError("dtype", "float16", "any other (float16 since torch 2.1)",
                $"\"{kernel}\" not implemented for 'Half'");
        }
    }

    protected override void Draw<T>(Span<T> part, double a, double b, Mt19937 words, TorchProfile profile)
    {
        for (int i = 0; i < part.Length; i++) { part[i] = DrawElements.FromInteger<T>(Unit(words) < a ? 1 : 0); }
    }
}
