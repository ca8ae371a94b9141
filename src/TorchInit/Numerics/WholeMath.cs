namespace TorchInit;

/// <summary>Integer arithmetic as in torch: in 64 bits, of which the dtype keeps the low ones.</summary>
static class WholeMath
{
    public static T Of<T>(ScalarOperation operation, T left, T right)
        where T : unmanaged
        => Of(operation, left, DrawElements.ToInteger(right));

    public static T Of<T>(ScalarOperation operation, T left, long s)
        where T : unmanaged
    {
        long x = DrawElements.ToInteger(left);
        return DrawElements.FromInteger<T>(operation switch
        {
            ScalarOperation.Mul => unchecked(x * s),
            ScalarOperation.Add => unchecked(x + s),
            ScalarOperation.Sub => unchecked(x - s),
            ScalarOperation.Rsub => unchecked(s - x),
            ScalarOperation.FloorDivide => FloorDivide(x, s),
            ScalarOperation.Remainder => s == -1 ? 0 : unchecked(x - (FloorDivide(x, s) * s)),
            ScalarOperation.Pow => Power(x, s),
            _ => throw Elements.Unsupported<T>(),
        });
    }

    /// <summary>A GPU divides by 0 without an error; its results are not followed.</summary>
    public static void CheckDivisor(ScalarOperation operation, long divisor, TorchProfile profile)
    {
        if (profile.Gpu is not null && divisor == 0 && operation is ScalarOperation.FloorDivide or ScalarOperation.Remainder)
        {
            throw new NotFollowedException("other is 0, and what a GPU gives for a whole number divided by 0 is not followed; allowed: any "
                + "other number.");
        }
    }

    static long FloorDivide(long x, long s)
    {
        if (s == 0) { throw TorchArgumentException.RuntimeError("other", s, "not 0", "ZeroDivisionError"); }
        if (s == -1) { return unchecked(-x); }
        long quotient = x / s;
        return x % s != 0 && (x < 0) != (s < 0) ? quotient - 1 : quotient;
    }

    static long Power(long x, long exponent)
    {
        long result = 1;
        for (; exponent > 0; exponent >>= 1, x = unchecked(x * x))
        {
            if ((exponent & 1) != 0) { result = unchecked(result * x); }
        }
        return result;
    }
}
