namespace TorchInit;

/// <summary>
/// Operations on an element and a Python number, rounded as by torch's operators: in the element's type, 16-bit types via float32. For
/// 16-bit elements, mul and div use the number as float32 since 2.1, and rounded to the element's type before; add, sub and clamp round it
/// in every version. A GPU uses it as float32.
/// </summary>
static class ScalarMath
{
    public static T Multiply<T>(T element, double factor, TorchProfile profile)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Elements.FromDouble<T>(Elements.ToDouble(element) * factor)
            : Elements.FromFloat<T>(Elements.ToFloat(element) * Factor<T>(factor, profile));

    /// <summary>On a GPU this multiplies by the reciprocal, computed in double and rounded to float32.</summary>
    public static T Divide<T>(T element, double divisor, TorchProfile profile)
        where T : unmanaged
        => profile.Gpu is not null ? TimesReciprocal(element, divisor)
            : typeof(T) == typeof(double) ? Elements.FromDouble<T>(Elements.ToDouble(element) / divisor)
            : Elements.FromFloat<T>(Elements.ToFloat(element) / Factor<T>(divisor, profile));

    public static T Add<T>(T element, double term, TorchProfile profile)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Elements.FromDouble<T>(Elements.ToDouble(element) + term)
            : Elements.FromFloat<T>(Elements.ToFloat(element) + Term<T>(term, profile));

    /// <summary>element − number.</summary>
    public static T Subtract<T>(T element, double term, TorchProfile profile)
        where T : unmanaged
        => Add(element, -term, profile);

    /// <summary>number − element.</summary>
    public static T SubtractFrom<T>(double number, T element, TorchProfile profile)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Elements.FromDouble<T>(number - Elements.ToDouble(element))
            : Elements.FromFloat<T>(Term<T>(number, profile) - Elements.ToFloat(element));

    static T TimesReciprocal<T>(T element, double divisor)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Elements.FromDouble<T>(Elements.ToDouble(element) * (1 / divisor))
            : Elements.FromFloat<T>(Elements.ToFloat(element) * (float)(1 / divisor));

    public static T FloorDivide<T>(T element, double divisor, TorchProfile profile)
        where T : unmanaged
    {
        if (profile.Gpu is null) { return ElementMath.FloorDivide(element, Elements.FromDouble<T>(divisor)); }
        return divisor == 0 ? TimesReciprocal(element, divisor)
            : typeof(T) == typeof(double) ? Elements.FromDouble<T>(CudaMath.FloorQuotient(Elements.ToDouble(element), divisor))
            : Elements.FromFloat<T>(CudaMath.FloorQuotient(Elements.ToFloat(element), (float)divisor));
    }

    public static T Remainder<T>(T element, double divisor)
        where T : unmanaged
        => ElementMath.Remainder(element, Elements.FromDouble<T>(divisor));

    /// <summary>The element to the power of a number: roots and products where torch uses these; bfloat16 is rounded after each step,
    /// float16 after the last, on a GPU after each, too.</summary>
    public static T Power<T>(T element, double exponent, TorchProfile profile)
        where T : unmanaged
    {
        if (exponent == -0.5)
        {
            if (profile.Gpu is not null)
            {
                return typeof(T) == typeof(double) ? Elements.FromDouble<T>(CudaMath.Rsqrt(Elements.ToDouble(element)))
                    : Elements.FromFloat<T>(CudaMath.Rsqrt(Elements.ToFloat(element)));
            }
            return typeof(T) == typeof(double) ? Elements.FromDouble<T>(1 / Math.Sqrt(Elements.ToDouble(element)))
                : Elements.FromFloat<T>(1 / MathF.Sqrt(Elements.ToFloat(element)));
        }
        if (typeof(T) == typeof(Half) && exponent is 3 or -2 && profile.Gpu is null)
        {
            float x = Elements.ToFloat(element);
            return Elements.FromFloat<T>(exponent == 3 ? x * x * x : 1 / (x * x));
        }
        if (exponent == 3) { return ElementMath.Multiply(ElementMath.Multiply(element, element), element); }
        if (exponent == -2) { return ElementMath.Divide(Elements.FromFloat<T>(1), ElementMath.Multiply(element, element)); }
        if (profile.Gpu is not null)
        {
            return typeof(T) == typeof(double) ? Elements.FromDouble<T>(CudaMath.Pow(Elements.ToDouble(element), exponent))
                : Elements.FromFloat<T>(CudaMath.Pow(Elements.ToFloat(element), Elements.Round<T>((float)exponent)));
        }
        return typeof(T) == typeof(double) ? Elements.FromDouble<T>(Math.Pow(Elements.ToDouble(element), exponent))
            : Elements.FromFloat<T>((float)Math.Pow(Elements.ToFloat(element), Elements.Round<T>((float)exponent)));
    }

    static float Term<T>(double term, TorchProfile profile)
        where T : unmanaged
        => profile.Gpu is null ? Elements.Round<T>((float)term) : (float)term;

    static float Factor<T>(double factor, TorchProfile profile)
        where T : unmanaged
        => profile.RoundsFactorTo16Bits ? Elements.Round<T>((float)factor) : (float)factor;
}
