namespace TorchInit;

/// <summary>Tensor by tensor, as torch's operators round: in the element's type, 16-bit ones by way of float32.</summary>
static class ElementMath
{
    public static void Add<T>(Span<T> tensor, ReadOnlySpan<T> other)
        where T : unmanaged
    {
        for (int i = 0; i < tensor.Length; i++) { tensor[i] = Add(tensor[i], other[i]); }
    }

    public static void Add<T>(Span<T> tensor, T other)
        where T : unmanaged
    {
        foreach (ref T element in tensor) { element = Add(element, other); }
    }

    public static void Multiply<T>(Span<T> tensor, ReadOnlySpan<T> other)
        where T : unmanaged
    {
        for (int i = 0; i < tensor.Length; i++) { tensor[i] = Multiply(tensor[i], other[i]); }
    }

    public static T Add<T>(T a, T b)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Elements.FromDouble<T>(Elements.ToDouble(a) + Elements.ToDouble(b))
            : Elements.FromFloat<T>(Elements.ToFloat(a) + Elements.ToFloat(b));

    public static T Multiply<T>(T a, T b)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Elements.FromDouble<T>(Elements.ToDouble(a) * Elements.ToDouble(b))
            : Elements.FromFloat<T>(Elements.ToFloat(a) * Elements.ToFloat(b));

    public static T Subtract<T>(T a, T b)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Elements.FromDouble<T>(Elements.ToDouble(a) - Elements.ToDouble(b))
            : Elements.FromFloat<T>(Elements.ToFloat(a) - Elements.ToFloat(b));

    public static T Divide<T>(T a, T b)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Elements.FromDouble<T>(Elements.ToDouble(a) / Elements.ToDouble(b))
            : Elements.FromFloat<T>(Elements.ToFloat(a) / Elements.ToFloat(b));

    /// <summary>What torch.normal refuses before it draws.</summary>
    public static void CheckStd<T>(ReadOnlySpan<T> std)
        where T : unmanaged
    {
        foreach (T element in std)
        {
            if (!(Elements.ToDouble(element) >= 0))
            {
                throw TorchArgumentException.RuntimeError("std", Elements.ToDouble(element), "0 or more in every element",
                    "normal expects all elements of std >= 0.0");
            }
        }
    }
}
