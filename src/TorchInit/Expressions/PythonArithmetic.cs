using System.Numerics;

namespace TorchInit.Syntax;

/// <summary>Python's arithmetic on literals: integers of any size up to a bound, floats, and joined or repeated sequences.</summary>
static class PythonArithmetic
{
    /// <summary>The most bits an intermediate integer may have; a result has 64.</summary>
    public const int MostBits = 4096;

    /// <summary>The most items or characters a repeated sequence may have.</summary>
    public const int MostItems = 1 << 16;

    /// <summary>left operator right.</summary>
    /// <param name="symbol">+ - * / // % ** &lt;&lt; &gt;&gt; | ^ or &amp;.</param>
    /// <param name="left">The left operand.</param>
    /// <param name="right">The right operand.</param>
    /// <exception cref="PythonException">Python would raise, or a limit is exceeded.</exception>
    public static TorchValue Of(string symbol, TorchValue left, TorchValue right)
    {
        if (left is TorchBool p && right is TorchBool q && symbol is "|" or "^" or "&")
        {
            return new TorchBool(symbol switch { "|" => p.Value | q.Value, "^" => p.Value ^ q.Value, _ => p.Value & q.Value });
        }
        if (Integer(left) is { } a && Integer(right) is { } b) { return OfIntegers(symbol, a, b); }
        bool isOfBits = symbol is "<<" or ">>" or "|" or "^" or "&";
        if (IsNumber(left) && IsNumber(right) && !isOfBits) { return new TorchFloat(OfFloats(symbol, Float(left), Float(right))); }
        if (symbol == "*" && Integer(left) is { } times && IsSequence(right)) { return Repeated(right, times); }
        if (symbol == "*" && Integer(right) is { } count && IsSequence(left)) { return Repeated(left, count); }
        return (symbol, left, right) switch
        {
            ("+", TorchList x, TorchList y) => new TorchList([.. x.Items, .. y.Items]),
            ("+", TorchTuple x, TorchTuple y) => new TorchTuple([.. x.Items, .. y.Items]),
            ("+", TorchString x, TorchString y) => new TorchString(x.Value + y.Value),
            ("|", TorchDict x, TorchDict y) => Merged(x, y),
            ("%", TorchString x, _) => new TorchString(PythonFormat.Percent(x.Value, right)),
            _ => throw new PythonException("TypeError", $"unsupported operand type(s) for {(symbol == "**" ? "** or pow()" : symbol)}: "
                + $"'{PythonArgument.TypeOf(left)}' and '{PythonArgument.TypeOf(right)}'"),
        };
    }

    static TorchDict Merged(TorchDict left, TorchDict right)
    {
        Dictionary<string, TorchValue> items = new(left.Items, StringComparer.Ordinal);
        foreach ((string key, TorchValue value) in right.Items) { items[key] = value; }
        return new([.. items], left.IsOrdered);
    }

    /// <summary>−value or +value.</summary>
    public static TorchValue Signed(bool negative, TorchValue value) => value switch
    {
        TorchFloat number => new TorchFloat(negative ? -number.Value : number.Value),
        _ when Integer(value) is { } number => Of(negative ? -number : number),
        _ => throw new PythonException("TypeError",
            $"bad operand type for unary {(negative ? '-' : '+')}: '{PythonArgument.TypeOf(value)}'"),
    };

    /// <summary>An integer or a bool.</summary>
    public static BigInteger? Integer(TorchValue value) => value switch
    {
        TorchInt number => number.Value,
        TorchBool flag => flag.Value ? 1 : 0,
        PythonLong number => number.Value,
        _ => null,
    };

    /// <summary>float(value) of a number.</summary>
    public static double Float(TorchValue value)
    {
        if (value is TorchFloat number) { return number.Value; }
        double rounded = Divide(Integer(value)!.Value, BigInteger.One);
        return double.IsFinite(rounded) ? rounded : throw new PythonException("OverflowError", "int too large to convert to float");
    }

    public static bool IsNumber(TorchValue value) => value is TorchFloat || Integer(value) is not null;

    /// <summary>The integer, as a 64-bit value if it fits.</summary>
    public static TorchValue Of(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? new TorchInt((long)value)
        : value.GetBitLength() <= MostBits ? new PythonLong(value)
        : throw new PythonException(null, $"an intermediate integer has at most {MostBits} bits here");

    static TorchValue OfIntegers(string symbol, BigInteger a, BigInteger b)
    {
        if (b.IsZero && symbol is "/" or "//" or "%")
        {
            throw new PythonException("ZeroDivisionError", symbol == "/" ? "division by zero" : "integer division or modulo by zero");
        }
        return symbol switch
        {
            "+" => Of(a + b),
            "-" => Of(a - b),
            "*" => Of(a * b),
            "/" => Divide(a, b) is var quotient && double.IsFinite(quotient) ? new TorchFloat(quotient)
                : throw new PythonException("OverflowError", "integer division result too large for a float"),
            "//" => Of(Floor(a, b)),
            "%" => Of(a - (Floor(a, b) * b)),
            "|" => Of(a | b),
            "^" => Of(a ^ b),
            "&" => Of(a & b),
            "<<" or ">>" when b.Sign < 0 => throw new PythonException("ValueError", "negative shift count"),
            "<<" => b <= MostBits ? Of(a << (int)b) : Of(BigInteger.One << (MostBits + 1)),
            ">>" => Of(b <= 2 * MostBits ? a >> (int)b : a.Sign < 0 ? BigInteger.MinusOne : BigInteger.Zero),
            _ when b.Sign < 0 => new TorchFloat(OfFloats("**", Float(new PythonLong(a)), Float(new PythonLong(b)))),
            _ => Power(a, b),
        };
    }

    static TorchValue Power(BigInteger value, BigInteger exponent)
    {
        bool small = value.IsZero || value.IsOne || value == BigInteger.MinusOne;
        if (small) { return Of(exponent.IsZero ? BigInteger.One : exponent.IsEven ? value * value : value); }
        return exponent * (value.GetBitLength() - 1) <= MostBits ? Of(BigInteger.Pow(value, (int)exponent))
            : Of(BigInteger.One << (MostBits + 1));
    }

    static double OfFloats(string symbol, double a, double b)
    {
        if (b == 0 && symbol is "/" or "//" or "%")
        {
            throw new PythonException("ZeroDivisionError", symbol == "/" ? "float division by zero"
                : "float floor division or modulo by zero");
        }
        return symbol switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "//" => PythonFloat.FloorDivide(a, b),
            "%" => Modulo(a, b),
            _ => Power(a, b),
        };
    }

    static double Modulo(double a, double b)
    {
        double remainder = a % b;
        return remainder == 0 ? Math.CopySign(0, b) : (b < 0) != (remainder < 0) ? remainder + b : remainder;
    }

    static double Power(double a, double b)
    {
        if (a == 0 && b < 0) { throw new PythonException("ZeroDivisionError", "0.0 cannot be raised to a negative power"); }
        if (a < 0 && double.IsFinite(a) && double.IsFinite(b) && b != Math.Floor(b))
        {
            throw new PythonException(null, "a negative number to a fractional power is a complex number; allowed: real numbers");
        }
        double power = Math.Pow(a, b);
        return double.IsInfinity(power) && double.IsFinite(a) && double.IsFinite(b)
            ? throw new PythonException("OverflowError", "(34, 'Numerical result out of range')") : power;
    }

    static BigInteger Floor(BigInteger a, BigInteger b)
    {
        BigInteger quotient = BigInteger.DivRem(a, b, out BigInteger rest);
        return !rest.IsZero && (rest.Sign < 0) != (b.Sign < 0) ? quotient - 1 : quotient;
    }

    /// <summary>The double nearest to a / b, ties to even; infinite if it overflows.</summary>
    static double Divide(BigInteger a, BigInteger b)
    {
        if (a.IsZero) { return b.Sign < 0 ? -0.0 : 0.0; }
        bool negative = a.Sign < 0 != b.Sign < 0;
        (BigInteger top, BigInteger bottom) = (BigInteger.Abs(a), BigInteger.Abs(b));
        // The quotient gets 66 bits or more, with a last bit that says whether there is a remainder; a subnormal keeps fewer.
        int shift = (int)(bottom.GetBitLength() - top.GetBitLength()) + 66;
        BigInteger quotient = BigInteger.DivRem(shift > 0 ? top << shift : top, shift < 0 ? bottom << -shift : bottom, out BigInteger rest);
        int drop = Math.Max((int)quotient.GetBitLength() - 53, shift - 1074);
        BigInteger kept = quotient >> drop;
        BigInteger lost = quotient - (kept << drop);
        BigInteger half = BigInteger.One << (drop - 1);
        if (lost > half || (lost == half && (!rest.IsZero || !kept.IsEven))) { kept += 1; }
        double magnitude = Math.ScaleB((double)(ulong)kept, drop - shift);
        return negative ? -magnitude : magnitude;
    }

    static bool IsSequence(TorchValue value) => value is TorchList or TorchTuple or TorchString;

    static TorchValue Repeated(TorchValue value, BigInteger times)
    {
        int length = value is TorchString text ? text.Value.Length : new PythonArgument("", value).Items!.Count;
        if (times.Sign > 0 && length * times > MostItems)
        {
            throw new PythonException(null, $"a repeated sequence has at most {MostItems} items here");
        }
        int count = length == 0 || times.Sign < 0 ? 0 : (int)times;
        return value switch
        {
            TorchString literal => new TorchString(string.Concat(Enumerable.Repeat(literal.Value, count))),
            TorchList list => new TorchList([.. Enumerable.Repeat(list.Items, count).SelectMany(items => items)]),
            _ => new TorchTuple([.. Enumerable.Repeat(((TorchTuple)value).Items, count).SelectMany(items => items)]),
        };
    }
}

/// <summary>An intermediate integer beyond 64 bits; never an argument.</summary>
/// <param name="Value">The number.</param>
sealed record PythonLong(BigInteger Value) : TorchValue;

/// <summary>What Python raises when it evaluates literals.</summary>
/// <param name="kind">Python's exception class; null for a limit of this library.</param>
/// <param name="message">Python's text.</param>
sealed class PythonException(string? kind, string message) : Exception(message)
{
    public string? Kind { get; } = kind;
}
