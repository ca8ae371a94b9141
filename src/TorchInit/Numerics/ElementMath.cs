using System.Numerics;

namespace TorchInit;

/// <summary>Elementwise operations on two tensors, rounded as by torch's operators: in the element's type, 16-bit types via
/// float32.</summary>
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

    public static T FloorDivide<T>(T a, T b)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Elements.FromDouble<T>(FloorQuotient(Elements.ToDouble(a), Elements.ToDouble(b)))
            : Elements.FromFloat<T>(FloorQuotient(Elements.ToFloat(a), Elements.ToFloat(b)));

    public static T Remainder<T>(T a, T b)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Elements.FromDouble<T>(FloorRest(Elements.ToDouble(a), Elements.ToDouble(b)))
            : Elements.FromFloat<T>(FloorRest(Elements.ToFloat(a), Elements.ToFloat(b)));

    /// <summary>torch rounds 16-bit quotients once in whole vectors, and step by step outside them.</summary>
    public static void CheckFloorDivide<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(Half) || typeof(T) == typeof(BFloat16))
        {
            throw new NotFollowedException($"// of {DType.Of<T>().TorchName()} is not followed; allowed: floor of the quotient, or another "
                + "dtype.");
        }
    }

    /// <summary>⌊a / b⌋ as torch computes it, from the remainder; if b is 0, a / 0.</summary>
    public static TFloat FloorQuotient<TFloat>(TFloat a, TFloat b)
        where TFloat : IFloatingPointIeee754<TFloat>
    {
        if (b == TFloat.Zero) { return a / b; }
        TFloat rest = a % b;
        TFloat quotient = (a - rest) / b;
        if (rest != TFloat.Zero && (b < TFloat.Zero) != (rest < TFloat.Zero)) { quotient -= TFloat.One; }
        if (quotient == TFloat.Zero) { return TFloat.CopySign(TFloat.Zero, a / b); }
        TFloat floor = TFloat.Floor(quotient);
        return quotient - floor > TFloat.One / (TFloat.One + TFloat.One) ? floor + TFloat.One : floor;
    }

    static TFloat FloorRest<TFloat>(TFloat a, TFloat b)
        where TFloat : IFloatingPointIeee754<TFloat>
    {
        TFloat rest = a % b;
        return rest != TFloat.Zero && (b < TFloat.Zero) != (rest < TFloat.Zero) ? rest + b : rest;
    }

    /// <summary>torch's name of an operation.</summary>
    public static string NameOf(ScalarOperation operation)
        => operation == ScalarOperation.FloorDivide ? "floor_divide" : operation.ToString().ToLowerInvariant();

    /// <summary>Makes torch.normal's checks before it draws.</summary>
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
