namespace TorchInit;

/// <summary>
/// <c>Tensor.normal_(mean, std)</c> by Box–Muller: r = √(−2 ln u₁), θ = 2π·u₂, r·cos θ and r·sin θ. 16 contiguous elements or more go by blocks of
/// 16; anything else one by one, in double. Reference: ATen/native/cpu/DistributionTemplates.h, native/DistributionTemplates.h.
/// </summary>
static class Normal
{
    public const int Block = 16;

    /// <summary>The words that a fill takes; a cached normal saves one of the scalar path, and an odd rest leaves one.</summary>
    public static long Words(long count, DType dtype, TorchProfile profile, bool contiguous, ref bool cachedNormal)
    {
        if (count >= Block && contiguous)
        {
            long whole = checked(count + Block - 1) / Block * Block;
            long redrawn = count % Block == 0 ? count : checked(count + Block);
            return dtype switch
            {
                DType.Float64 => checked(2 * redrawn),
                DType.Float16 or DType.BFloat16 when profile.Normal16 != Normal16Kind.FewBits => whole,
                _ => redrawn,
            };
        }
        long fresh = count == 0 ? 0 : count - (cachedNormal ? 1 : 0);
        if (count > 0) { cachedNormal = fresh % 2 == 1; }
        return checked(4 * ((fresh + 1) / 2));
    }

    /// <summary>Nanoseconds an element of a block fill, measured: what the kernels of each kind take.</summary>
    public static double Cost(DType dtype, TorchProfile profile) => (dtype, profile.Float32Normal) switch
    {
        (DType.Float64, _) => profile.HasGlibc ? 5 : 18,
        (DType.Float16 or DType.BFloat16, _) when profile.Normal16 == Normal16Kind.Libm => 14,
        (DType.Float16 or DType.BFloat16, _) when profile.Normal16 == Normal16Kind.FewBits => 2,
        (_, NormalKernel.Libm) => 20,
        (DType.Float32, _) => 0.6,
        _ => 0.8,
    };

    /// <summary>The elements of a block fill of <paramref name="count"/> from <paramref name="start"/> on, without the words of the others; the generator stands at the fill's first word.</summary>
    /// <returns>The words that it moved on.</returns>
    public static long FillSlice<T>(Span<T> slice, long start, long count, double mean, double std, Generator generator)
        where T : unmanaged
    {
        bool none = false;
        int wordsOfOne = typeof(T) == typeof(double) ? 2 : 1;
        long end = start + slice.Length;
        long at = 0;
        long firstBlock = start / Block * Block;
        long endOfBlocks = Math.Min((end + Block - 1) / Block * Block, count / Block * Block);
        if (firstBlock < endOfBlocks)
        {
            T[] blocks = new T[endOfBlocks - firstBlock];
            generator.Advance(firstBlock * wordsOfOne);
            FillBlocks<T>(blocks, mean, std, generator);
            at = endOfBlocks * wordsOfOne;
            int taken = (int)(Math.Min(end, endOfBlocks) - start);
            blocks.AsSpan((int)(start - firstBlock), taken).CopyTo(slice);
        }
        if (count % Block != 0 && end > count - Block)
        {
            // The last 16 elements come from the last 16 elements' worth of words.
            long tailWords = Words(count, DTypeExtensions.Of<T>(), generator.Profile, contiguous: true, ref none) - Block * wordsOfOne;
            generator.Advance(tailWords - at);
            Span<T> tail = new T[Block];
            FillBlocks(tail, mean, std, generator);
            at = tailWords + Block * wordsOfOne;
            int skipped = (int)Math.Max(start - (count - Block), 0);
            tail = tail[skipped..(int)(end - (count - Block))];
            tail.CopyTo(slice[^tail.Length..]);
        }
        return at;
    }

    public static void Fill<T>(Span<T> tensor, double mean, double std, Generator generator, bool contiguous)
        where T : unmanaged
    {
        Check<T>(std, generator.Profile);
        if (tensor.Length >= Block && contiguous) { FillBlocks(tensor, mean, std, generator); }
        else if (generator.Profile.Fused) { NormalScalar.Fill<T, Fused>(tensor, mean, std, generator); }
        else { NormalScalar.Fill<T, Unfused>(tensor, mean, std, generator); }
    }

    static void FillBlocks<T>(Span<T> tensor, double mean, double std, Generator generator)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float)) { NormalFloat32.Fill(Elements.Cast<T, float>(tensor), (float)mean, (float)std, generator); }
        else if (typeof(T) == typeof(double)) { NormalFloat64.Fill(Elements.Cast<T, double>(tensor), mean, std, generator); }
        else if (generator.Profile.Normal16 != Normal16Kind.FewBits) { Normal16.FillByFloat32(tensor, mean, std, generator); }
        else { Normal16.FillRounding(tensor, mean, std, generator); }
    }

    /// <summary>Refused before any draw, also for a tensor without elements.</summary>
    public static void Check<T>(double std, TorchProfile profile)
        where T : unmanaged
    {
        if (!(std >= 0)) { throw TorchArgumentException.RuntimeError(nameof(std), std, "0 or more", $"normal expects std >= 0.0, but found std {CppFormat.General6(std)}"); }
        if (typeof(T) == typeof(long))
        {
            throw TorchArgumentException.NotImplemented(profile, "dtype", "int64", "float32, float64, float16, bfloat16", "\"normal_kernel_cpu\" not implemented for 'Long'");
        }
    }
}
