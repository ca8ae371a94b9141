namespace TorchInit;

/// <summary>arange and linspace, rounded as in torch.</summary>
static class EvenNumbers
{
    /// <summary>start + step·i for integers.</summary>
    public static void Range<T>(Span<T> elements, double start, double step, TorchProfile profile)
        where T : unmanaged
    {
        for (int i = 0; i < elements.Length; i++) { elements[i] = DrawElements.FromDouble<T>(start + step * i, profile); }
    }

    /// <summary>Refuses integers that 16 bits do not hold exactly: torch computes them in vectors, whose order is not followed.</summary>
    public static void CheckRange<T>(double start, double end)
        where T : unmanaged
    {
        double most = typeof(T) == typeof(BFloat16) ? 1 << 8 : typeof(T) == typeof(Half) ? 1 << 11 : double.PositiveInfinity;
        if (Math.Max(Math.Abs(start), Math.Abs(end)) > most)
        {
            throw new NotFollowedException($"arange of {DType.Of<T>().TorchName()} beyond {most} rounds in an order that is not"
                + $" followed; allowed:"
                + " integers that the dtype holds.");
        }
    }

    /// <summary>The first half counts from the start, the second half back from the end, in the element's type.</summary>
    public static void Linear<T>(Span<T> elements, double start, double end, TorchProfile profile)
        where T : unmanaged
    {
        CheckLinear<T>(profile);
        int steps = elements.Length;
        T first = Elements.FromDouble<T>(start), last = Elements.FromDouble<T>(end);
        T step = steps < 2 ? default
            : ElementMath.Divide(ElementMath.Subtract(last, first), DrawElements.FromInteger<T>(steps - 1));
        for (int i = 0; i < steps; i++)
        {
            elements[i] = i < steps / 2 || steps == 1 ? At(first, step, i, profile.Fused) : At(last, step, i + 1 - steps, profile.Fused);
        }
    }

    /// <summary>Refuses older versions and 16-bit types, which add in an order of their vectors that is not followed.</summary>
    public static void CheckLinear<T>(TorchProfile profile)
        where T : unmanaged
    {
        if ((typeof(T) != typeof(float) && typeof(T) != typeof(double)) || !profile.Has(2, 1))
        {
            throw new NotFollowedException($"linspace of {DType.Of<T>().TorchName()} in torch {profile.Version} rounds in an order"
                + $" that is not"
                + " followed; allowed: float32 and float64 since 2.1.");
        }
    }

    static T At<T>(T from, T step, int times, bool fused)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            (double a, double b) = (Elements.ToDouble(from), Elements.ToDouble(step));
            return Elements.FromDouble<T>(fused ? Math.FusedMultiplyAdd(b, times, a) : b * times + a);
        }
        (float c, float d) = (Elements.ToFloat(from), Elements.ToFloat(step));
        return Elements.FromFloat<T>(fused ? MathF.FusedMultiplyAdd(d, times, c) : d * times + c);
    }
}
