namespace TorchInit;

/// <summary>The factor of a dropout: bernoulli_(1 − p), divided by 1 − p, in the element's type.</summary>
static class DropoutMask
{
    public static void Check<T>(double p, TorchProfile profile)
        where T : unmanaged
    {
        if (!(p is >= 0 and <= 1))
        {
            // Python compares, which NaN passes; C++ refuses it.
            throw new TorchArgumentException("p", p, "0 to 1", double.IsNaN(p) ? "RuntimeError" : "ValueError",
                $"dropout probability has to be between 0 and 1, but got {PythonFloat.Repr(p)}");
        }
        if (profile.Gpu is not null) { CudaDropout.Check<T>(profile); }
        if (!DType.Of<T>().IsFloatingPoint())
        {
            throw TorchArgumentException.RuntimeError("dtype", DType.Of<T>().TorchName(), "float32, float64, float16, bfloat16",
                $"result type Float can't be cast to the desired output type {Elements.ScalarTypeName<T>()}");
        }
    }

    public static void Fill<T>(Span<T> mask, Generator generator, double p)
        where T : unmanaged
    {
        Draws.Bernoulli(mask, generator, 1 - p);
        T one = DrawElements.FromInteger<T>(1);
        T kept = ScalarMath.Divide(one, 1 - p, generator.Profile);
        foreach (ref T element in mask)
        {
            if (Elements.ToDouble(element) != 0) { element = kept; }
        }
    }
}
