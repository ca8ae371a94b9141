using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TorchInit.Tests.Cuda;

/// <summary>Fills past 2³¹ bytes, which a GPU makes in two launches behind a wasted one; drawn piece by piece, as a file is.</summary>
public class CudaHugeTests
{
    const int Piece = 1 << 24;

    public static TheoryData<int> Huge
        => [.. CudaVector.All.Index().Where(entry => entry.Item.IsHuge).Select(entry => entry.Index)];

    [Theory, MemberData(nameof(Huge))]
    public void A_fill_past_2_GiB_has_the_bits_of_the_GPU(int index)
    {
        CudaVector vector = CudaVector.All[index];
        Generator generator = vector.Start();
        string hash = vector.DType == DType.Float32 ? Drawn<float>(vector, generator) : Drawn<BFloat16>(vector, generator);
        Assert.Equal((vector.Sha256, vector.Offset), (hash[..32], generator.Position));
    }

    /// <summary>A slice of a tensor that no memory holds needs nothing of the rest.</summary>
    [Fact]
    public void A_slice_of_10_to_the_11()
    {
        TorchProfile profile = CudaVector.Profile;
        const long rows = 100_000, columns = 1_000_000;
        InitPlan plan = InitPlan.Of($"init.normal_(({rows}, {columns}))", profile);
        string name = plan.Tensors[0].Name;
        const long first = rows * columns / 3 - 2048;
        float[] slice = plan.MaterializeSlice(name, first, 4096, 5).AsSpan<float>().ToArray();
        // By the rule alone: 10¹¹ is halved eight times, and its third lies in part 85 of 256, all of them of 390,625,000.
        const long part = 390_625_000, inside = first % part, threads = 1056 * 256;
        long whole = 4 * ((rows * columns - 1) / (threads * 4) + 1), each = 4 * ((part - 1) / (threads * 4) + 1);
        ulong offset = (ulong)(whole + first / part * each);
        CudaNormal<float> op = new(0, 1);
        for (int i = 0; i < slice.Length; i++)
        {
            long at = inside + i;
            PhiloxWords words = Philox.Words(5, offset / 4 + (ulong)(at / threads / 4), (ulong)(at % threads));
            Assert.Equal(op.Invoke(words, (int)(at / threads % 4)), slice[i]);
        }
        Assert.Equal(whole + 256 * each, plan.Words());
    }

    static string Drawn<T>(CudaVector vector, Generator generator)
        where T : unmanaged
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        T[] piece = new T[Piece];
        FillPart whole = new(generator.Position, 0, new(vector.Count));
        for (long first = 0; first < vector.Count; first += Piece)
        {
            Span<T> part = piece.AsSpan(0, (int)Math.Min(Piece, vector.Count - first));
            CudaRun.Rule(vector).Draw(part, whole with { First = first }, generator);
            hash.AppendData(MemoryMarshal.AsBytes(part));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
