namespace TorchInit;

/// <summary>trunc_normal_ up to 2.11 on a GPU: four operations on the uniforms, each in float32 (float64: double) and rounded to the type.
/// Unlike on a CPU, std·√2, mean, a and b are not rounded to 16 bits.</summary>
static class CudaTruncNormal
{
    public static void Finish<T>(Span<T> tensor, double std, double mean, double a, double b, TorchProfile profile)
        where T : unmanaged
    {
        if (typeof(T) == typeof(BFloat16) && !profile.HasCudaErfInvOfBFloat16)
        {
            throw TorchArgumentException.NotImplemented(profile, "dtype", "bfloat16", "float32, float64, float16 (bfloat16 since torch 2.5)",
                "\"erfinv_cuda\" not implemented for 'BFloat16'");
        }
        double factor = std * Math.Sqrt(2.0);
        if (typeof(T) == typeof(double))
        {
            foreach (ref double x in Elements.Cast<T, double>(tensor))
            {
                x = TruncNormalByErfInv.Clamp(CudaMath.ErfInv(x) * factor + mean, a, b);
            }
            return;
        }
        // clamp_ converts its bounds to float32, after the draws.
        if (!double.IsNaN(a) && !double.IsNaN(b)) { (_, _) = (ConstantValue.Of<float>(a, profile), ConstantValue.Of<float>(b, profile)); }
        (float scale, float shift, float lowest, float highest) = ((float)factor, (float)mean, (float)a, (float)b);
        foreach (ref T element in tensor)
        {
            float x = Elements.Round<T>(CudaMath.ErfInv(Elements.ToFloat(element)));
            x = Elements.Round<T>(x * scale);
            x = Elements.Round<T>(x + shift);
            element = Elements.FromFloat<T>(TruncNormalByErfInv.Clamp(x, lowest, highest));
        }
        CudaNaN.Unify(tensor);
    }
}
