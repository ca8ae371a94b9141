namespace TorchInit;

/// <summary>
/// normal_ of 16 float32 or more: the tensor is filled with uniforms, each block of 16 transformed in place; where the length is no
/// multiple of 16, the last 16 elements are drawn afresh and transformed, over some that were done already.
/// </summary>
static class NormalFloat32
{
    /// <summary>Elements that are drawn and then transformed: 4 blocks of the generator, 10 KB, which stay in the first cache in
    /// between.</summary>
    const int Chunk = 4 * Mt19937.Size;

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

    public static void Fill<TBoxMuller>(Span<float> tensor, float mean, float std, Generator generator)
        where TBoxMuller : struct, IBoxMuller
    {
        int whole = tensor.Length / NormalFill.Block * NormalFill.Block;
        FillWhole<TBoxMuller>(tensor[..whole], mean, std, generator);
        if (whole == tensor.Length) { return; }
        generator.Advance(tensor.Length - whole);
        FillWhole<TBoxMuller>(tensor[^NormalFill.Block..], mean, std, generator);
    }

    /// <summary>Fills a multiple of 16 elements.</summary>
    static void FillWhole<TBoxMuller>(Span<float> tensor, float mean, float std, Generator generator)
        where TBoxMuller : struct, IBoxMuller
    {
        while (!tensor.IsEmpty)
        {
            // The first chunk ends with a block of the generator, so that the others are whole ones.
            int length = generator.WordsReady % NormalFill.Block == 0 ? Chunk - Mt19937.Size + generator.WordsReady : Chunk;
            Span<uint> chunk = Elements.Cast<float, uint>(tensor[..Math.Min(tensor.Length, length)]);
            generator.NextWords(chunk, MaskOperator.Low24);
            Transform<TBoxMuller>(chunk, mean, std, generator.Width);
            tensor = tensor[chunk.Length..];
        }
    }

    static void Transform<TBoxMuller>(Span<uint> integers, float mean, float std, VectorWidth width)
        where TBoxMuller : struct, IBoxMuller
    {
        if (width != VectorWidth.Scalar && typeof(TBoxMuller) == typeof(BoxMullerPolynomial<Fused>))
        {
            BoxMullerKernel.Transform<Fused>(integers, mean, std, width);
        }
        else if (width != VectorWidth.Scalar && typeof(TBoxMuller) == typeof(BoxMullerPolynomial<Unfused>))
        {
            BoxMullerKernel.Transform<Unfused>(integers, mean, std, width);
        }
        else { BoxMullerScalar.Transform<TBoxMuller>(integers, mean, std); }
    }
}
