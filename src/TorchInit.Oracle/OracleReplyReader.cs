using System.Text.Json;

namespace TorchInit.Oracle;

/// <summary>Turns a reply's header and payload into an <see cref="OracleReply"/>, trusting neither.</summary>
static class OracleReplyReader
{
    const int MaxTensors = 1 << 16;
    const int MaxDimensions = 64;   // torch's own limit

    /// <summary>Reads the payload described by the header, once the header is known to match it.</summary>
    /// <exception cref="EndOfStreamException">The payload ends early.</exception>
    /// <exception cref="OracleProtocolException">A field is missing or out of range, a name occurs twice, or the sizes do not add up to the
    /// payload.</exception>
    internal static OracleReply Read(JsonElement header, long payload, Stream stream)
    {
        List<(string Name, string DType, long[] Shape, int Bytes)> announced = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        long total = 0;
        foreach (JsonElement entry in Items(header, "tensors", MaxTensors))
        {
            string name = Text(entry, "name");
            if (!names.Add(name)) { throw new OracleProtocolException($"Two tensors are called '{name}'; allowed: unique names."); }
            string dtype = Text(entry, "dtype");
            long[] shape = [.. Items(entry, "shape", MaxDimensions)
                .Select(size => Number(size, $"the shape of '{name}'", 0, long.MaxValue))];
            long bytes = Bytes(name, dtype, shape);
            total += bytes;
            announced.Add((name, dtype, shape, (int)bytes));
            if (total > OracleWire.MaxTensorBytes)
            {
                throw new OracleProtocolException($"The tensors together take more than {OracleWire.MaxTensorBytes} bytes.");
            }
        }
        int state = (int)Integer(header, "state", 0, OracleRequest.MaxStateBytes);
        if (total + state != payload)
        {
            throw new OracleProtocolException($"The header announces tensors of {total} bytes and a state of {state}, and a payload of "
                + $"{payload} bytes.");
        }
        OracleWarning[] warnings = [.. Items(header, "warnings", 1000)
            .Select(item => new OracleWarning(Text(item, "category"), Text(item, "message")))];
        OracleError? error = header.TryGetProperty("error", out JsonElement raised) ? new(Text(raised, "kind"), Text(raised, "message"))
            : null;
        if (error is not null && announced.Count != 0) { throw new OracleProtocolException("The reply has both an error and tensors."); }
        OracleTensor[] tensors = [.. announced.Select(one => new OracleTensor(one.Name, one.DType, one.Shape, Take(stream, one.Bytes)))];
        return new(tensors, Take(stream, state), warnings, error);
    }

    static long Bytes(string name, string dtype, long[] shape)
    {
        long bytes = dtype switch
        {
            "float32" or "int32" => 4,
            "float64" or "int64" => 8,
            "float16" or "bfloat16" or "int16" => 2,
            "int8" or "uint8" or "bool" => 1,
            _ => throw new OracleProtocolException($"'{name}' has dtype '{dtype}'; allowed: float32, float64, float16, bfloat16,"
                + $" int64, int32, "
                + "int16, int8, uint8, bool."),
        };
        if (shape.Contains(0)) { return 0; }
        foreach (long size in shape)
        {
            // Divides instead of multiplying: 2^32 × 2^32 must not overflow to 0.
            if (size > OracleWire.MaxTensorBytes / bytes)
            {
                string sizes = string.Join(", ", shape.Select(each => $"{each}"));
                throw new OracleProtocolException($"'{name}' has shape ({sizes}); allowed: at most "
                    + $"{OracleWire.MaxTensorBytes} bytes.");
            }
            bytes *= size;
        }
        return bytes;
    }

    static byte[] Take(Stream stream, int length)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        stream.ReadExactly(bytes);
        return bytes;
    }

    internal static JsonElement Property(JsonElement owner, string name, JsonValueKind kind)
        => owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind
            ? value
            : throw new OracleProtocolException($"The header's field '{name}' is missing or not of kind {kind}.");

    internal static string Text(JsonElement owner, string name)
    {
        try
        {
            return Property(owner, name, JsonValueKind.String).GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new OracleProtocolException($"The header's field '{name}' is not a valid string: half a surrogate pair.", error);
        }
    }

    internal static long Integer(JsonElement owner, string name, long least, long most)
        => Number(Property(owner, name, JsonValueKind.Number), $"'{name}'", least, most);

    static long Number(JsonElement value, string what, long least, long most)
        => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= least && number <= most
            ? number
            : throw new OracleProtocolException($"The header has {value} for {what}; allowed: integers from {least} to {most}.");

    static JsonElement[] Items(JsonElement owner, string name, int most)
    {
        JsonElement list = Property(owner, name, JsonValueKind.Array);
        return list.GetArrayLength() <= most
            ? [.. list.EnumerateArray()]
            : throw new OracleProtocolException($"The header's list '{name}' has {list.GetArrayLength()} items; allowed: at most {most}.");
    }
}
