namespace TorchInit;

/// <summary>
/// <c>Tensor.normal_(mean, std)</c> by Box–Muller: r = √(−2 ln u₁), θ = 2π·u₂, r·cos θ and r·sin θ. 16 or more contiguous elements are
/// drawn in blocks of 16; all others one by one, in double. Reference: ATen/native/cpu/DistributionTemplates.h,
/// native/DistributionTemplates.h.
/// </summary>
static class NormalFill
{
    public const int Block = 16;

    /// <summary>The number of words a fill uses. In the scalar path a cached normal saves words, and an odd remainder leaves one
    /// cached.</summary>
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

    /// <summary>Nanoseconds per element of a block fill, measured for each kind of kernel.</summary>
    public static double Cost(DType dtype, TorchProfile profile) => (dtype, profile.Float32Normal) switch
    {
        (DType.Float64, _) => profile.HasGlibc ? 5 : 18,
        (DType.Float16 or DType.BFloat16, _) when profile.Normal16 == Normal16Kind.Libm => 14,
        (DType.Float16 or DType.BFloat16, _) when profile.Normal16 == Normal16Kind.FewBits => 2,
        (_, NormalKernel.Libm) => 20,
        (DType.Float32, _) => 0.6,
        _ => 0.8,
    };

    /// <summary>Whether a fill is drawn in blocks; otherwise one by one, in pairs whose second value is cached.</summary>
    public static bool IsByBlocks(FillExtent fill) => fill.IsContiguous && fill.Count >= Block;

    /// <summary>Fills the whole span, by the rules of the generator's profile.</summary>
    public static void Fill<T>(Span<T> tensor, double mean, double std, Generator generator, bool contiguous)
        where T : unmanaged
    {
        if (generator.Profile.Fills is CpuFills)
        {
            Check<T>(std, generator.Profile);
            if (tensor.Length >= Block && contiguous) { FillBlocks(tensor, mean, std, generator); }
            else { FillPairs(tensor, mean, std, generator); }
            return;
        }
        FillRule rule = generator.Profile.Fills.Normal;
        rule.Check<T>(mean, std, generator.Profile);
        rule.Draw(tensor, new(generator.Position, 0, new(tensor.Length, contiguous)), mean, std, generator);
    }

    /// <summary>Draws part of a fill, without the words of the other elements; scalar fills are drawn as a whole.</summary>
    public static void Draw<T>(Span<T> part, FillPart at, double mean, double std, Generator generator)
        where T : unmanaged
    {
        long count = at.Whole.Count, end = at.First + part.Length;
        int wordsOfOne = typeof(T) == typeof(double) ? 2 : 1;
        if (!IsByBlocks(at.Whole))
        {
            generator.MoveTo(at.Start);
            FillPairs(part, mean, std, generator);
        }
        else if (at.First % Block == 0 && (part.Length % Block == 0 ? end <= Tail(count) : end == count && part.Length >= Block))
        {
            generator.MoveTo(at.Start + at.First * wordsOfOne);
            if (!part.IsEmpty) { FillBlocks(part, mean, std, generator); }
        }
        else { DrawUneven(part, at, mean, std, generator, wordsOfOne); }
    }

    /// <summary>A part that starts or ends inside a block.</summary>
    static void DrawUneven<T>(Span<T> part, FillPart at, double mean, double std, Generator generator, int wordsOfOne)
        where T : unmanaged
    {
        long count = at.Whole.Count, first = at.First, end = first + part.Length;
        long tail = Tail(count);
        if (first < tail)
        {
            long firstBlock = first / Block * Block;
            T[] blocks = new T[Math.Min((end + Block - 1) / Block * Block, count / Block * Block) - firstBlock];
            generator.MoveTo(at.Start + firstBlock * wordsOfOne);
            FillBlocks<T>(blocks, mean, std, generator);
            int taken = (int)(Math.Min(end, firstBlock + blocks.Length) - first);
            blocks.AsSpan((int)(first - firstBlock), taken).CopyTo(part);
        }
        if (end > tail)
        {
            bool none = false;
            long words = Words(count, DType.Of<T>(), generator.Profile, contiguous: true, ref none);
            generator.MoveTo(at.Start + words - Block * wordsOfOne);
            T[] last = new T[Block];
            FillBlocks<T>(last, mean, std, generator);
            Span<T> taken = last.AsSpan()[(int)Math.Max(first - tail, 0)..(int)(end - tail)];
            taken.CopyTo(part[^taken.Length..]);
        }
    }

    /// <summary>Where the tail starts. If the count is not a multiple of 16, the last 16 elements use extra words after the blocks; else
    /// there is no tail.</summary>
    static long Tail(long count) => count % Block == 0 ? count : count - Block;

    static void FillPairs<T>(Span<T> tensor, double mean, double std, Generator generator)
        where T : unmanaged
    {
        if (generator.Profile.Fused) { NormalScalar.Fill<T, Fused>(tensor, mean, std, generator); }
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

    /// <summary>Checks made before any draw, even for a tensor without elements.</summary>
    public static void Check<T>(double std, TorchProfile profile)
        where T : unmanaged
    {
        if (!(std >= 0))
        {
            throw TorchArgumentException.RuntimeError(nameof(std), std, "0 or more",
                $"normal expects std >= 0.0, but found std {CppFormat.General6(std)}");
        }
        if (DType.Of<T>() is var dtype && !dtype.IsFloatingPoint())
        {
            throw TorchArgumentException.NotImplemented(profile, "dtype", dtype.TorchName(), "float32, float64, float16, bfloat16",
                $"\"normal_kernel_{profile.Fills.Suffix}\" not implemented for '{Elements.ScalarTypeName(dtype)}'");
        }
    }
}
