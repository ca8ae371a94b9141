namespace TorchInit;

/// <summary>normal_ of 16 or more float16 or bfloat16 elements: three rules, by version (spec 3.6).</summary>
static class Normal16
{
    /// <summary>
    /// Since 2.12: block by block through float32, rounded once at the end; the last block covers the last 16 elements. 2.12 always uses
    /// libm's float functions and rounds mean and std to the type first; 2.13 uses the CPU's float32 block.
    /// </summary>
    public static void FillByFloat32<T>(Span<T> tensor, double mean, double std, Generator generator)
        where T : unmanaged
    {
        TorchProfile profile = generator.Profile;
        bool viaLibm = profile.Normal16 == Normal16Kind.Libm;
        (float mean32, float std32) = ((float)mean, (float)std);
        if (viaLibm) { (mean32, std32) = (Elements.Round<T>(mean32), Elements.Round<T>(std32)); }
        int whole = tensor.Length / NormalFill.Block * NormalFill.Block;
        Span<float> floats = stackalloc float[Math.Min(whole, Words.Run)];
        for (int at = 0; at < tensor.Length;)
        {
            // Whole blocks first, then one over the last 16 elements.
            int count = at < whole ? Math.Min(whole - at, floats.Length) : NormalFill.Block;
            Span<float> run = floats[..count];
            if (viaLibm && profile.Fused) { NormalFloat32.Fill<BoxMullerLibm<Fused>>(run, mean32, std32, generator); }
            else if (viaLibm) { NormalFloat32.Fill<BoxMullerLibm<Unfused>>(run, mean32, std32, generator); }
            else { NormalFloat32.Fill(run, mean32, std32, generator); }
            Rounding16Kernel.Round(Elements.Cast<float, uint>(run), at < whole
                ? tensor.Slice(at, count) : tensor[^NormalFill.Block..], generator.Width);
            at += count;
        }
    }

    /// <summary>Up to 2.11: uniforms of the type, as <see cref="Uniform16.FillFewBits"/> draws them, transformed with intermediate results
    /// rounded to the type.</summary>
    public static void FillRounding<T>(Span<T> tensor, double mean, double std, Generator generator)
        where T : unmanaged
    {
        FillWhole(tensor[..(tensor.Length / NormalFill.Block * NormalFill.Block)], mean, std, generator);
        if (tensor.Length % NormalFill.Block == 0) { return; }
        generator.Advance(tensor.Length % NormalFill.Block);
        FillWhole(tensor[^NormalFill.Block..], mean, std, generator);
    }

    static void FillWhole<T>(Span<T> tensor, double mean, double std, Generator generator)
        where T : unmanaged
    {
        TorchProfile profile = generator.Profile;
        (float mean16, float std16) = (Elements.Round<T>((float)mean), Elements.Round<T>((float)std));
        bool roundEach = RoundsEach<T>(profile);
        FewBitsTables<T> tables = FewBitsTables<T>.Of(roundEach);
        Span<uint> words = stackalloc uint[Math.Min(tensor.Length, Words.Run)];
        for (; !tensor.IsEmpty; tensor = tensor[Math.Min(tensor.Length, words.Length)..])
        {
            Span<uint> run = words[..Math.Min(tensor.Length, words.Length)];
            generator.NextWords(run, new MaskOperator((uint)FewBitsTables<T>.Count - 1));
            tables.Transform(run);
            if (roundEach) { ScaleRounding16Kernel<RoundedEach>.Round(run, tensor[..run.Length], mean16, std16, generator.Width); }
            else if (profile.Fused) { ScaleRounding16Kernel<Fused>.Round(run, tensor[..run.Length], mean16, std16, generator.Width); }
            else { ScaleRounding16Kernel<Unfused>.Round(run, tensor[..run.Length], mean16, std16, generator.Width); }
        }
    }

    /// <summary>Half got overloads of log, sqrt, cos and sin in 2.1; before, these ran in float32 and only radius, angle and result were
    /// rounded.</summary>
    static bool RoundsEach<T>(TorchProfile profile) => typeof(T) == typeof(BFloat16) || profile.HasHalfMath;

    /// <summary>Transforms one block of uniforms by the formula: the specification of <see cref="FewBitsTables{T}"/> and
    /// <see cref="ScaleRounding16Kernel{TRounding}"/>.</summary>
    public static void Transform<T>(Span<T> block, double mean, double std, TorchProfile profile)
        where T : unmanaged
    {
        (float mean16, float std16) = (Elements.Round<T>((float)mean), Elements.Round<T>((float)std));
        bool roundEach = RoundsEach<T>(profile);
        for (int j = 0; j < NormalFill.Block / 2; j++)
        {
            float u1 = Elements.Round<T>(1f - Elements.ToFloat(block[j]));
            float u2 = Elements.ToFloat(block[j + NormalFill.Block / 2]);
            float theta = Elements.Round<T>((float)(2.0 * Math.PI * u2));
            (float cosine, float sine) = (Libm.CosF(theta), Libm.SinF(theta));
            if (roundEach)
            {
                float radius = Elements.Round<T>(MathF.Sqrt(Elements.Round<T>(-2f * Elements.Round<T>(Libm.LogF(u1)))));
                block[j] = RoundEach<T>(radius, Elements.Round<T>(cosine), mean16, std16);
                block[j + NormalFill.Block / 2] = RoundEach<T>(radius, Elements.Round<T>(sine), mean16, std16);
            }
            else
            {
                float radius = Elements.Round<T>(MathF.Sqrt(-2f * Libm.LogF(u1)));
                block[j] = RoundOnce<T>(radius * cosine, mean16, std16, profile.Fused);
                block[j + NormalFill.Block / 2] = RoundOnce<T>(radius * sine, mean16, std16, profile.Fused);
            }
        }
    }

    static T RoundEach<T>(float radius, float direction, float mean, float std)
        where T : unmanaged
        => Elements.FromFloat<T>(Elements.Round<T>(Elements.Round<T>(radius * direction) * std) + mean);

    static T RoundOnce<T>(float standard, float mean, float std, bool fused)
        where T : unmanaged
        => Elements.FromFloat<T>(fused ? MathF.FusedMultiplyAdd(standard, std, mean) : standard * std + mean);
}
