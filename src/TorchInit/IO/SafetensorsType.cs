using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace TorchInit;

/// <summary>An element type of the format, as the reference implementation lists them.</summary>
/// <param name="Name">Its name in the header.</param>
/// <param name="Bits">The bits of one element; if below 8, a whole tensor still fills whole bytes.</param>
/// <param name="DType">The dtype that it is read as; null if its bytes are kept as they are.</param>
sealed record SafetensorsType(string Name, int Bits, DType? DType = null)
{
    static readonly SafetensorsType[] s_all =
    [
        new("F32", 32, TorchInit.DType.Float32), new("BF16", 16, TorchInit.DType.BFloat16), new("F16", 16, TorchInit.DType.Float16),
        new("I64", 64, TorchInit.DType.Int64), new("F64", 64, TorchInit.DType.Float64),
        new("BOOL", 8, TorchInit.DType.Bool), new("U8", 8, TorchInit.DType.UInt8), new("I8", 8, TorchInit.DType.Int8),
        new("I16", 16, TorchInit.DType.Int16), new("I32", 32, TorchInit.DType.Int32),
        new("U16", 16), new("U32", 32), new("U64", 64), new("C64", 64),
        new("F8_E4M3", 8), new("F8_E5M2", 8), new("F8_E8M0", 8), new("F8_E4M3FNUZ", 8), new("F8_E5M2FNUZ", 8),
        new("F4", 4), new("F6_E2M3", 6), new("F6_E3M2", 6),
    ];

    static readonly FrozenSet<string> s_names = s_all.Select(type => type.Name).ToFrozenSet(StringComparer.Ordinal);
    readonly byte[] _utf8 = Encoding.ASCII.GetBytes(Name);

    /// <summary>All names, as errors list them.</summary>
    public static string Allowed { get; } = string.Join(", ", s_all.Select(type => type.Name).Order(StringComparer.Ordinal));

    /// <summary>The type of <paramref name="dtype"/>.</summary>
    public static SafetensorsType Of(DType dtype)
        => Array.Find(s_all, type => type.DType == dtype)
            ?? throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "allowed: the members of DType.");

    /// <summary>The dtype with such elements; null if there is none.</summary>
    public static DType? HeldBy(string name) => Array.Find(s_all, type => type.Name == name)?.DType;

    /// <summary>The type named by the string under the reader; null for any other string.</summary>
    public static SafetensorsType? Of(in Utf8JsonReader reader)
    {
        foreach (SafetensorsType type in s_all)
        {
            if (reader.ValueTextEquals(type._utf8)) { return type; }
        }
        return null;
    }

    public static bool IsName(string name) => s_names.Contains(name);
}
