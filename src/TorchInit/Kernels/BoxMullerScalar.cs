namespace TorchInit;

/// <summary>Turns blocks of 16 integers into normals, a pair at a time: the specification of <see cref="BoxMullerKernel"/>, and the code
/// for torch builds that call libm.</summary>
static class BoxMullerScalar
{
    /// <param name="tensor">Bits of integers below 2²⁴ in, float32 out; a multiple of 16.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    public static void Transform<TBoxMuller>(Span<uint> tensor, float mean, float std)
        where TBoxMuller : struct, IBoxMuller
    {
        for (; !tensor.IsEmpty; tensor = tensor[NormalFill.Block..])
        {
            for (int j = 0; j < NormalFill.Block / 2; j++)
            {
                // 1 − u is in (0, 1], so the logarithm is finite.
                (float cosine, float sine) = TBoxMuller.Transform(1f - Words.Unit24(tensor[j]),
                    Words.Unit24(tensor[j + NormalFill.Block / 2]), mean, std);
                (tensor[j], tensor[j + NormalFill.Block / 2]) = (BitConverter.SingleToUInt32Bits(cosine),
                    BitConverter.SingleToUInt32Bits(sine));
            }
        }
    }
}
