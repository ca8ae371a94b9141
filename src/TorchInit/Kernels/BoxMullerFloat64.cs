namespace TorchInit;

/// <summary>Box–Muller in float64 with glibc's functions: r = √(−2·ln(1 − u₁)), θ = 2π·u₂, r·cos θ and r·sin θ.</summary>
static class BoxMullerFloat64
{
    /// <summary>Blocks of 16 uniforms, in place; the first 8 of each are u₁, the others u₂.</summary>
    public static void Transform<TTail>(Span<double> tensor, double mean, double std)
        where TTail : struct, IMultiplyAdd
    {
        const int Half = NormalFill.Block / 2;
        for (; tensor.Length >= NormalFill.Block; tensor = tensor[NormalFill.Block..])
        {
            for (int j = 0; j < Half; j++)
            {
                double radius = Math.Sqrt(-2.0 * Libm.Log(1.0 - tensor[j]));
                (double sine, double cosine) = Libm.SinCos(2.0 * Math.PI * tensor[j + Half]);
                tensor[j] = TTail.MultiplyAdd(radius * cosine, std, mean);
                tensor[j + Half] = TTail.MultiplyAdd(radius * sine, std, mean);
            }
        }
    }

    /// <summary>The same with the functions of this machine's C library, for torch on Windows or macOS, which does not use glibc.</summary>
    public static void TransformByThisMachine<TTail>(Span<double> tensor, double mean, double std)
        where TTail : struct, IMultiplyAdd
    {
        const int Half = NormalFill.Block / 2;
        for (; tensor.Length >= NormalFill.Block; tensor = tensor[NormalFill.Block..])
        {
            for (int j = 0; j < Half; j++)
            {
                double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - tensor[j]));
                double theta = 2.0 * Math.PI * tensor[j + Half];
                tensor[j] = TTail.MultiplyAdd(radius * Math.Cos(theta), std, mean);
                tensor[j + Half] = TTail.MultiplyAdd(radius * Math.Sin(theta), std, mean);
            }
        }
    }
}
