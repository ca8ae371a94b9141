namespace TorchInit;

/// <summary>random_(): integers, word mod range + from. A wide range uses two words per element (<see cref="TorchProfile.IsWide"/>); one of
/// 2⁶⁴ takes the words unchanged.</summary>
/// <param name="from">The smallest value. Null, with <paramref name="to"/>, for <c>random_()</c>: from 0 to the type's maximum, for
/// floating-point types to 2 to the power of the significand's bits.</param>
/// <param name="to">One above the largest value; null for the type's limit.</param>
sealed class RandomRule(long? from, long? to) : DrawRule
{
    protected override int WordsOf(DType dtype, TorchProfile profile) => Range(dtype, profile).IsWide ? 2 : 1;

    public override void Check<T>(double a, double b, TorchProfile profile)
    {
        (long first, ulong count, _) = Range(DType.Of<T>(), profile);
        if (to is not null) { RandomRange.WarnIfInexact(DType.Of<T>(), first, unchecked(first + (long)count - 1)); }
    }

    protected override void Draw<T>(Span<T> part, double a, double b, Mt19937 words, TorchProfile profile)
    {
        (long first, ulong count, bool wide) = Range(DType.Of<T>(), profile);
        for (int i = 0; i < part.Length; i++)
        {
            ulong word = wide ? ((ulong)words.NextUInt32() << 32) | words.NextUInt32() : words.NextUInt32();
            part[i] = DrawElements.FromInteger<T>(unchecked((long)((count == 0 ? word : word % count) + (ulong)first)));
        }
    }

    /// <summary>The first number, how many there are (0 for 2⁶⁴), and whether each takes two words.</summary>
    public (long First, ulong Count, bool IsWide) Range(DType dtype, TorchProfile profile)
    {
        if (from is null && to is null) { return (0, Whole(dtype), dtype is DType.Int64 or DType.Float64); }
        if (to is null && from == long.MinValue)
        {
            string kernel = $"random_full_64_bits_range_kernel_{profile.Fills.Suffix}", allowed = "int64, float64, float32, bfloat16";
            return dtype is DType.Int64 or DType.Float64 or DType.Float32 or DType.BFloat16 ? (0, 0UL, true)
                : dtype is DType.Float16 or DType.Bool
                    ? throw TorchArgumentException.NotImplemented(profile, "dtype", dtype.TorchName(), allowed,
                        $"\"{kernel}\" not implemented for '{(dtype == DType.Bool ? "Bool" : "Half")}'")
                : throw TorchArgumentException.RuntimeError("dtype", dtype.TorchName(), allowed,
                    $"{kernel} handles only int64, double, float and bfloat16");
        }
        (long first, ulong count) = RandomRange.Of(dtype, from ?? 0, to);
        return (first, count, profile.IsWide(count, dtype));
    }

    static ulong Whole(DType dtype) => dtype switch
    {
        DType.Float64 => (1UL << 53) + 1,
        DType.Int64 => 1UL << 63,
        DType.Float32 => (1UL << 24) + 1,
        DType.Float16 => (1UL << 11) + 1,
        DType.BFloat16 => (1UL << 8) + 1,
        DType.Int32 => 1UL << 31,
        DType.Int16 => 1UL << 15,
        DType.Int8 => 1UL << 7,
        DType.UInt8 => 1UL << 8,
        _ => 2,
    };
}
