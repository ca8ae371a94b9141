using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TorchInit.Parity;

/// <summary>
/// The QR decomposition that identifies a LAPACK, as <c>_qr</c> of torch_oracle.py asks torch for it: orthogonal_'s bits depend on what
/// it computes, not on its name.
/// </summary>
static class QrProbe
{
    const int Rows = 40;
    const int Columns = 30;

    static readonly Lazy<Dictionary<string, LapackImplementation>> s_known = new(() => new()
    {
        [Digest(LapackVariant.Reference311)] = LapackImplementation.Reference311,
        [Digest(LapackVariant.Reference312)] = LapackImplementation.Reference312,
    });

    /// <summary>The LAPACK whose order of operations gives this digest; a vendor's if no known one does.</summary>
    public static LapackImplementation Recognise(string digest) => s_known.Value.GetValueOrDefault(digest, LapackImplementation.Vendor);

    /// <summary>sha256 over Q, row-major, in float32 and then in float64: the first 16 hexadecimal digits.</summary>
    public static string Digest(LapackVariant variant)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(Q<float>(variant).AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(Q<double>(variant).AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    static T[] Q<T>(LapackVariant variant)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        T[] columns = new T[Rows * Columns];
        for (int k = 0; k < columns.Length; k++)
        {
            columns[k % Columns * Rows + k / Columns] = T.CreateChecked(((31 * k * k + 7919 * k) % 2003 - 1001) / 1024.0);
        }
        HouseholderQr.ReducedQ<T>(columns, Rows, Columns, new T[Columns], variant);
        T[] rows = new T[columns.Length];
        for (int k = 0; k < rows.Length; k++) { rows[k] = columns[k % Columns * Rows + k / Columns]; }
        return rows;
    }
}
