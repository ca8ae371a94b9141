using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>
/// An array of numbers or truth values as its bytes: <c>{"dtype", "shape", "data"}</c>, with NumPy's type names. Nothing is rounded,
/// and a million elements take milliseconds.
/// </summary>
static class SharedArray
{
    static readonly Dictionary<string, Type> s_types = new(StringComparer.Ordinal)
    {
        ["b1"] = typeof(bool),
        ["i1"] = typeof(sbyte),
        ["i2"] = typeof(short),
        ["i4"] = typeof(int),
        ["i8"] = typeof(long),
        ["u1"] = typeof(byte),
        ["u2"] = typeof(ushort),
        ["u4"] = typeof(uint),
        ["u8"] = typeof(ulong),
        ["f2"] = typeof(Half),
        ["f4"] = typeof(float),
        ["f8"] = typeof(double),
    };

    /// <summary>Null if the elements are of another type.</summary>
    public static JsonObject? Write(Array array)
    {
        Type element = array.GetType().GetElementType()!;
        if (s_types.FirstOrDefault(type => type.Value == element).Key is not { } name) { return null; }
        IEnumerable<JsonNode> shape = Enumerable.Range(0, array.Rank).Select(dimension => (JsonNode)array.GetLength(dimension));
        return new() { ["dtype"] = name, ["shape"] = new JsonArray([.. shape]), ["data"] = Convert.ToBase64String(Bytes(array)) };
    }

    /// <exception cref="MagicException">C# has no array of this type or rank.</exception>
    public static Array Read(JsonObject json)
    {
        string name = json["dtype"]!.GetValue<string>();
        int[] shape = [.. json["shape"]!.AsArray().Select(size => size!.GetValue<int>())];
        if (!s_types.TryGetValue(name, out Type? type) || shape.Length is 0 or > 32)
        {
            string allowed = $"{string.Join(", ", s_types.Keys)}, 1 to 32 dimensions";
            throw new MagicException($"An array of {name} with {shape.Length} dimensions cannot be shared; allowed: {allowed}.");
        }
        Array array = Array.CreateInstance(type, shape);
        json["data"]!.GetValue<string>().AsSpan().CopyTo(array);
        return array;
    }

    /// <summary>Whether arrays of these elements are shared as bytes.</summary>
    public static bool Holds(Type element) => s_types.ContainsValue(element);

    static void CopyTo(this ReadOnlySpan<char> base64, Array array)
    {
        if (!Convert.TryFromBase64Chars(base64, Bytes(array), out int written) || written != Bytes(array).Length)
        {
            throw new MagicException("The array's bytes do not fit its shape.");
        }
    }

    static Span<byte> Bytes(Array array)
        => array.Length == 0 ? []
            : MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array),
            checked(array.Length * Size(array.GetType().GetElementType()!)));

    static int Size(Type element) => element == typeof(bool) ? 1 : element == typeof(Half) ? 2 : Marshal.SizeOf(element);
}
