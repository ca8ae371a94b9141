using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>
/// The vector twin of <see cref="CudaNormal{T}"/> for float32: two words to two normals, by <see cref="CudaNormalSteps{TLanes, TFloats,
/// TWords}"/>. Each step is a loop over all lanes of a block: a processor looks ahead by some hundred instructions, which are many short
/// chains of a step, but not even two of a loop with all steps.
/// </summary>
static class CudaNormalKernel
{
    /// <summary>Words of memory that the steps need for what they hand on.</summary>
    public const int Scratch = 7 * PhiloxKernel.Most;

    /// <summary>Turns words into normals, the sines in one row and the cosines in the other; the remainder is done one by one.</summary>
    /// <param name="firsts">The words of the radii.</param>
    /// <param name="seconds">The words of the angles.</param>
    /// <param name="sines">One normal per pair of words.</param>
    /// <param name="cosines">One normal per pair of words.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    /// <param name="scratch">Memory for <see cref="Scratch"/> words; its contents are lost.</param>
    /// <param name="width">Which twin.</param>
    public static void Transform(ReadOnlySpan<uint> firsts, ReadOnlySpan<uint> seconds, Span<float> sines, Span<float> cosines, float mean,
        float std, Span<uint> scratch, VectorWidth width)
    {
        int lanes = (int)width / 32, done = lanes == 0 ? 0 : sines.Length / lanes * lanes;
        for (int i = 0, count; i < done; i += count)
        {
            count = Math.Min(done - i, PhiloxKernel.Most);
            Block block = new(firsts.Slice(i, count), seconds.Slice(i, count), sines.Slice(i, count), cosines.Slice(i, count), scratch);
            switch (width)
            {
                case VectorWidth.Bits512: block.Transform<Lanes512, Vector512<float>, Vector512<uint>>(mean, std); break;
                case VectorWidth.Bits256: block.Transform<Lanes256, Vector256<float>, Vector256<uint>>(mean, std); break;
                default: block.Transform<Lanes128, Vector128<float>, Vector128<uint>>(mean, std); break;
            }
        }
        for (int i = done; i < sines.Length; i++)
        {
            (float sine, float cosine) = CudaNormal.Pair(firsts[i], seconds[i]);
            (sines[i], cosines[i]) = (MathF.FusedMultiplyAdd(sine, std, mean), MathF.FusedMultiplyAdd(cosine, std, mean));
        }
    }

    /// <summary>As many pairs as the scratch memory has room for, in whole vectors.</summary>
    readonly ref struct Block(ReadOnlySpan<uint> firsts, ReadOnlySpan<uint> seconds, Span<float> sines, Span<float> cosines,
        Span<uint> scratch)
    {
        readonly ReadOnlySpan<uint> _firsts = firsts, _seconds = seconds;
        readonly Span<float> _sines = sines, _cosines = cosines;
        readonly Span<uint> _scratch = scratch;

        public void Transform<TLanes, TFloats, TWords>(float mean, float std)
            where TLanes : struct, ICudaLanes<TFloats, TWords>
            where TFloats : struct
            where TWords : struct
        {
            Span<uint> logs = Row(0), angles = Row(1), places = Row(2), near = Row(3), low = Row(4), far = Row(5), rows = Row(6);
            CudaNormalSteps<TLanes, TFloats, TWords>.Reduce(_firsts, mantissas: near, exponents: low);
            CudaNormalSteps<TLanes, TFloats, TWords>.Logarithms(near, low, logs);
            CudaNormalSteps<TLanes, TFloats, TWords>.Angles(_seconds, angles);
            CudaNormalSteps<TLanes, TFloats, TWords>.Squares(angles, places, rows, squares: near, mirrored: far);
            CudaNormalSteps<TLanes, TFloats, TWords>.Parabolas(places, rows, near, low, far);
            CudaNormalSteps<TLanes, TFloats, TWords>.Normals(angles, places, logs, near, low, far, _sines, _cosines, mean, std);
        }

        Span<uint> Row(int index) => _scratch.Slice(index * PhiloxKernel.Most, _sines.Length);
    }
}
