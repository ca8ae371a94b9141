namespace TorchInit;

/// <summary>
/// normal_ of 16 float32 or more: the tensor is filled with uniforms, each block of 16 transformed in place; where the length is no multiple of
/// 16, the last 16 elements are drawn afresh and transformed, over some that were done already.
/// </summary>
static class NormalFloat32
{
    public static void Fill(Span<float> tensor, float mean, float std, Generator generator)
    {
        switch (generator.Profile.Float32Normal, generator.Profile.FusedFloat32Tail)
        {
            case (NormalKernel.FusedPolynomial, _): Fill<BoxMullerPolynomial<Fused>>(tensor, mean, std, generator); break;
            case (NormalKernel.PlainPolynomial, _): Fill<BoxMullerPolynomial<Unfused>>(tensor, mean, std, generator); break;
            case (_, true): Fill<BoxMullerLibm<Fused>>(tensor, mean, std, generator); break;
            default: Fill<BoxMullerLibm<Unfused>>(tensor, mean, std, generator); break;
        }
    }

    /// <summary>Draws 16 uniforms into <paramref name="block"/> and transforms them.</summary>
    public static void FillBlock<TBoxMuller>(Span<float> block, float mean, float std, Generator generator)
        where TBoxMuller : struct, IBoxMuller
    {
        FillUnits(block, generator);
        Transform<TBoxMuller>(block, mean, std);
    }

    static void Fill<TBoxMuller>(Span<float> tensor, float mean, float std, Generator generator)
        where TBoxMuller : struct, IBoxMuller
    {
        FillUnits(tensor, generator);
        for (int at = 0; at <= tensor.Length - Normal.Block; at += Normal.Block) { Transform<TBoxMuller>(tensor.Slice(at, Normal.Block), mean, std); }
        if (tensor.Length % Normal.Block != 0) { FillBlock<TBoxMuller>(tensor[^Normal.Block..], mean, std, generator); }
    }

    static void FillUnits(Span<float> tensor, Generator generator) => UniformFloat32.Fill<Unfused>(tensor, 0, 1, halfOpen: false, generator);

    static void Transform<TBoxMuller>(Span<float> block, float mean, float std)
        where TBoxMuller : struct, IBoxMuller
    {
        for (int j = 0; j < Normal.Block / 2; j++)
        {
            // 1 − u is in (0, 1], so the logarithm is finite.
            (block[j], block[j + Normal.Block / 2]) = TBoxMuller.Transform(1f - block[j], block[j + Normal.Block / 2], mean, std);
        }
    }
}
