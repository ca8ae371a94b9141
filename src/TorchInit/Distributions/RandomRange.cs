namespace TorchInit;

/// <summary>The range of <c>random_(from, to)</c> as torch checks it: it must fit the type, and floating-point bounds move to the next
/// numbers of the type.</summary>
static class RandomRange
{
    /// <summary>The first number, and how many numbers there are.</summary>
    public static (long First, ulong Count) Of(DType dtype, long from, long? to)
    {
        if (to is { } end && from >= end) { throw Empty(from, end, "'from' to be less than 'to'", ">= to"); }
        if (!dtype.IsFloatingPoint())
        {
            (long low, long high, string name) = Limits(dtype);
            long last = to - 1 ?? high;
            CheckFrom(from, from >= low && from <= high, name);
            CheckTo(to, last >= low && last <= high, name);
            return (from, unchecked((ulong)last - (ulong)from + 1));
        }
        int digits = SignificandBits(dtype);
        long first = UpdateFrom(from, dtype, digits);
        if (to is null)
        {
            long most = 1L << digits;
            if (first >= most)
            {
                throw Empty(first, most, "'from' casted to dtype to be less than or equal to 'to_inc' casted to dtype", "> to_inc");
            }
            return (first, (ulong)most - (ulong)first + 1);
        }
        long past = UpdateTo(to.Value, dtype, digits);
        if (first >= past) { throw Empty(first, past, "'from' casted to dtype to be less than 'to' casted to dtype", ">= to"); }
        (double max, string type) = dtype switch
        {
            DType.Float16 => (65504.0, "c10::Half"),
            DType.BFloat16 => (double.PositiveInfinity, "c10::BFloat16"),
            _ => (double.PositiveInfinity, dtype == DType.Float32 ? "float" : "double"),
        };
        CheckFrom(from, first >= -max && first <= max, type);
        CheckTo(to, past - 1 >= -max && past - 1 <= max, type);
        return (first, unchecked((ulong)past - (ulong)first));
    }

    static (long Low, long High, string Name) Limits(DType dtype) => dtype switch
    {
        DType.Int64 => (long.MinValue, long.MaxValue, "long int"),
        DType.Int32 => (int.MinValue, int.MaxValue, "int"),
        DType.Int16 => (short.MinValue, short.MaxValue, "short int"),
        DType.Int8 => (sbyte.MinValue, sbyte.MaxValue, "signed char"),
        DType.UInt8 => (byte.MinValue, byte.MaxValue, "unsigned char"),
        _ => (0, 1, "bool"),
    };

    static int SignificandBits(DType dtype) => dtype switch
    {
        DType.Float64 => 53,
        DType.Float32 => 24,
        DType.Float16 => 11,
        _ => 8,
    };

    /// <summary>The next number up in the type.</summary>
    static long UpdateFrom(long from, DType dtype, int digits)
    {
        if (from == long.MaxValue)
        {
            throw new NotFollowedException($"random_ from {from} in {dtype.TorchName()} is not followed, since torch's arithmetic "
                + $"overflows there; allowed: up to {long.MaxValue - 1}.");
        }
        long next = Cast(dtype, unchecked(from + 1));
        return next < from ? next + (1L << (Log2(from + 1) - digits + 1)) : from;
    }

    /// <summary>The next number down in the type.</summary>
    static long UpdateTo(long to, DType dtype, int digits)
    {
        long previous = Cast(dtype, unchecked(to - 1));
        return previous >= to ? previous - (1L << (Log2(to - 1) - digits + 1)) : to;
    }

    static int Log2(long value) => 63 - (int)long.LeadingZeroCount(Math.Abs(value) | 1);

    /// <summary>Casts to the type and back.</summary>
    static long Cast(DType dtype, long value) => dtype switch
    {
        DType.Float64 => ToLong((double)value),
        DType.Float32 => ToLong((float)value),
        DType.Float16 => ToLong((double)(Half)(float)value),
        _ => ToLong((float)(BFloat16)(float)value),
    };

    /// <summary>Converts as x86 does: a number that is too large becomes the smallest number.</summary>
    static long ToLong(double value) => value is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)value : long.MinValue;

    static void CheckFrom(long from, bool inside, string type)
    {
        if (inside) { return; }
        throw TorchArgumentException.RuntimeError(nameof(from), from, "a value in the dtype's range", $"from is out of bounds for {type}");
    }

    static void CheckTo(long? to, bool inside, string type)
    {
        if (inside) { return; }
        throw TorchArgumentException.RuntimeError(nameof(to), to, "one above a value in the dtype's range",
            $"to - 1 is out of bounds for {type}");
    }

    /// <summary>Gives torch's warning if a floating-point type cannot represent all integers of the range.</summary>
    public static void WarnIfInexact(DType dtype, long first, long last)
    {
        if (!dtype.IsFloatingPoint()) { return; }
        string type = dtype switch
        {
            DType.Float16 => "c10::Half",
            DType.BFloat16 => "c10::BFloat16",
            DType.Float32 => "float",
            _ => "double",
        };
        Warn("from", first, SignificandBits(dtype), type);
        Warn("to - 1", last, SignificandBits(dtype), type);
    }

    static void Warn(string name, long value, int digits, string type)
    {
        if (value >= -(1L << digits) && value <= 1L << digits) { return; }
        TorchWarning.User($"{name} is out of bounds [-(2^{digits}), 2^{digits}]. Due to precision limitations {type} can support"
            + $" discrete uniform "
            + "distribution only within this range. This warning will become an error in version 1.7 release, please fix the code in"
            + " advance");
    }

    static TorchArgumentException Empty(long from, long to, string expected, string relation)
        => TorchArgumentException.RuntimeError("from", from, $"below {to}",
            $"random_ expects {expected}, but got from={from} {relation}={to}");
}
