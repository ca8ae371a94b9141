namespace TorchInit;

/// <summary>
/// normal_ of 16 or more float32 elements: fills the tensor with uniforms and transforms each block of 16 in place; if the length is not a
/// multiple of 16, draws and transforms the last 16 elements again, some of them for the second time.
/// </summary>
static class NormalFloat32
{
    /// <summary>Elements drawn and then transformed at a time: 4 blocks of the generator, 10 KB, which stay in the L1 cache.</summary>
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
            // The first chunk ends at a block of the generator, so that the others are whole blocks.
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
