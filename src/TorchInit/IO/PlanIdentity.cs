using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace TorchInit;

/// <summary>The identity of a streamed file: two runs with the same identity write the same bytes.</summary>
static class PlanIdentity
{
    /// <summary>The length of an identity in bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>SHA-256 of everything that decides the bytes: the plan with its profile and device, the seed, the dtype, the file's header
    /// (its tensors and metadata), the pieces, and the program, because another version may draw differently and another machine has
    /// another libm.</summary>
    public static byte[] Of(InitPlan plan, ulong seed, DType dtype, byte[] header, int pieceSize)
    {
        string program = $"{typeof(PlanIdentity).Module.ModuleVersionId} {RuntimeInformation.RuntimeIdentifier} {Environment.Version}";
        string[] texts = [program, PlanJson.Write(plan), plan.Profile.Fills.Name, string.Create(CultureInfo.InvariantCulture,
            $"{seed} {dtype} {pieceSize}")];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] part in (byte[][])[.. texts.Select(Encoding.UTF8.GetBytes), header])
        {
            hash.AppendData(BitConverter.GetBytes((long)part.Length));
            hash.AppendData(part);
        }
        return hash.GetHashAndReset();
    }
}
