namespace TorchInit;

/// <summary>trunc_normal_: chooses between torch's two methods, and makes the checks and warnings of both.</summary>
static class TruncNormalFill
{
    public static void Fill<T>(Span<T> tensor, double mean, double std, double a, double b, Generator generator)
        where T : unmanaged
    {
        if (mean < a - 2 * std || mean > b + 2 * std)
        {
            TorchWarning.User("mean is more than 2 std from [a, b] in nn.init.trunc_normal_. The distribution of values may be incorrect.");
        }
        if (std == 0) { throw TorchArgumentException.ZeroDivisionError(nameof(std), std, "any number but 0", "float division by zero"); }
        double below = NormalCdf((a - mean) / std);
        double upTo = NormalCdf((b - mean) / std);
        if (!generator.Profile.TruncatesByRejection) { TruncNormalByErfInv.Fill(tensor, mean, std, a, b, below, upTo, generator); }
        else if (typeof(T) == typeof(double)) { TruncNormalByRejection<T, double>.Fill(tensor, mean, std, a, b, upTo - below, generator); }
        else { TruncNormalByRejection<T, float>.Fill(tensor, mean, std, a, b, upTo - below, generator); }
    }

    /// <summary>Python's math.erf calls the C library's.</summary>
    static double NormalCdf(double x) => (1.0 + Libm.Erf(x / Math.Sqrt(2.0))) / 2.0;
}
