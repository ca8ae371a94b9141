using System.Numerics;

namespace TorchInit;

/// <summary>A number of twice the type's precision, as the sum of two: head and rest, with SLEEF's operations in their order of
/// rounding.</summary>
readonly record struct Pair<T>(T Head, T Rest)
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>The pair as one number.</summary>
    public T Sum => Head + Rest;

    /// <summary>x + y; either may be the larger.</summary>
    public static Pair<T> Of(T x, T y)
    {
        T sum = x + y, other = sum - x;
        return new(sum, (x - (sum - other)) + (y - other));
    }

    /// <summary>x + y; either may be the larger.</summary>
    public static Pair<T> operator +(Pair<T> x, T y)
    {
        Pair<T> head = Of(x.Head, y);
        return head with { Rest = head.Rest + x.Rest };
    }

    /// <summary>x + y; either may be the larger.</summary>
    public static Pair<T> operator +(Pair<T> x, Pair<T> y)
    {
        Pair<T> head = Of(x.Head, y.Head);
        return head with { Rest = head.Rest + (x.Rest + y.Rest) };
    }

    /// <summary>x + y for |x| ≥ |y|.</summary>
    public static Pair<T> Ordered(T x, Pair<T> y)
    {
        T sum = x + y.Head;
        return new(sum, ((x - sum) + y.Head) + y.Rest);
    }

    /// <summary>x + y for |x| ≥ |y|.</summary>
    public static Pair<T> Ordered(Pair<T> x, T y)
    {
        T sum = x.Head + y;
        return new(sum, ((x.Head - sum) + y) + x.Rest);
    }

    /// <summary>x + y for |x| ≥ |y|.</summary>
    public static Pair<T> Ordered(Pair<T> x, Pair<T> y)
    {
        T sum = x.Head + y.Head;
        return new(sum, (((x.Head - sum) + y.Head) + x.Rest) + y.Rest);
    }

    public static Pair<T> operator *(Pair<T> x, T y)
    {
        T product = x.Head * y;
        return new(product, Fma(x.Rest, y, Fma(x.Head, y, -product)));
    }

    public static Pair<T> operator *(Pair<T> x, Pair<T> y)
    {
        T product = x.Head * y.Head;
        return new(product, Fma(x.Head, y.Rest, Fma(x.Rest, y.Head, Fma(x.Head, y.Head, -product))));
    }

    public Pair<T> Squared()
    {
        T product = Head * Head;
        return new(product, Fma(Head + Head, Rest, Fma(Head, Head, -product)));
    }

    public static Pair<T> operator /(Pair<T> x, Pair<T> y)
    {
        T inverse = T.One / y.Head, quotient = x.Head * inverse;
        T rest = Fma(inverse, x.Head, -quotient);
        T error = Fma(-y.Rest, inverse, Fma(-y.Head, inverse, T.One));
        return new(quotient, Fma(quotient, error, Fma(x.Rest, inverse, rest)));
    }

    /// <summary>Multiplies both parts by a power of 2.</summary>
    public Pair<T> Scaled(T factor) => new(Head * factor, Rest * factor);

    static T Fma(T x, T y, T z) => T.FusedMultiplyAdd(x, y, z);
}
