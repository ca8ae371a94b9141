using System.Security.Cryptography;

namespace TorchInit.Parity;

/// <summary>Tensors that are equal although torch draws each: layers that were copied with their weights.</summary>
static class Copies
{
    const int Fewest = 4;

    /// <summary>The first such pair; null if there is none.</summary>
    public static (string Left, string Right)? Of(DistributionCase item, StateDict weights)
    {
        Dictionary<string, string> seen = [];
        foreach (LawRegion region in item.Regions.Where(region => region is
        {
            CopyOf: null, Positions: null,
            Law: not null and not ConstantLaw
        }))
        {
            TensorBuffer tensor = weights[region.Tensor];
            if (tensor.Count < Fewest || IsConstant(tensor)) { continue; }
            string digest = Digest(tensor);
            if (!seen.TryAdd(digest, region.Tensor)) { return (seen[digest], region.Tensor); }
        }
        return null;
    }

    static bool IsConstant(TensorBuffer tensor)
    {
        Span<byte> first = tensor.Bytes(0, 1);
        for (int i = 1; i < tensor.Count; i++)
        {
            if (!tensor.Bytes(i, 1).SequenceEqual(first)) { return false; }
        }
        return true;
    }

    static string Digest(TensorBuffer tensor)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        tensor.VisitBytes(bytes => hash.AppendData(bytes));
        return $"{tensor.DType} {Convert.ToHexString(hash.GetHashAndReset())}";
    }
}
