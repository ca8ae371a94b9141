using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace TorchInit.Oracle;

/// <summary>Frames on a stream: u32 header length, u64 payload length (little endian), a JSON header, raw bytes.</summary>
/// <remarks>A reply is checked before memory is allocated for it: first the header's length, then its sizes, then that they add up to the
/// payload.</remarks>
static class OracleWire
{
    internal const int Protocol = 1;
    internal const int MaxHeader = 1 << 20;
    internal const long MaxTensorBytes = 1L << 30;   // torch_oracle.py's MAX_BYTES
    internal const int PrefixLength = 12;

    /// <summary>Writes a request.</summary>
    /// <exception cref="ArgumentException">The request is malformed or its header is over 1 MiB; nothing was written.</exception>
    internal static void WriteRequest(Stream stream, OracleRequest request)
    {
        request.Validate();
        using MemoryStream frame = new();
        frame.Write(stackalloc byte[PrefixLength]);
        using (Utf8JsonWriter json = new(frame))
        {
            json.WriteStartObject();
            json.WritePropertyName("call");
            json.WriteRawValue(request.CallJson);
            json.WriteString("dtype", request.DType);
            if (request.Seed is not null) { json.WriteString("seed", request.Seed); }
            json.WriteBoolean("state", request.State is not null);
            json.WriteNumber("reset", request.Reset);
            json.WriteEndObject();
        }
        int length = (int)frame.Length - PrefixLength;
        if (length > MaxHeader) { throw new ArgumentException($"The request's JSON has {length} bytes; allowed: at most {MaxHeader}."); }
        frame.Write(request.State ?? []);
        Span<byte> prefix = frame.GetBuffer();
        BinaryPrimitives.WriteUInt32LittleEndian(prefix, (uint)length);
        BinaryPrimitives.WriteUInt64LittleEndian(prefix[4..], (ulong)(request.State?.Length ?? 0));
        stream.Write(frame.GetBuffer(), 0, (int)frame.Length);
        stream.Flush();
    }

    /// <summary>Reads the worker's first frame.</summary>
    /// <returns>The info, or the reason why torch cannot be used there.</returns>
    /// <exception cref="EndOfStreamException">The stream ends first.</exception>
    /// <exception cref="OracleProtocolException">It is a different frame.</exception>
    internal static (OracleInfo? Info, string Unavailable) ReadHello(Stream stream)
    {
        using JsonDocument header = ReadHeader(stream, out long payload);
        JsonElement hello = header.RootElement;
        if (payload != 0) { throw new OracleProtocolException($"The first frame has a payload of {payload} bytes; allowed: none."); }
        long protocol = OracleReplyReader.Integer(hello, "protocol", 0, int.MaxValue);
        if (protocol != Protocol) { throw new OracleProtocolException($"The worker speaks protocol {protocol}; allowed: {Protocol}."); }
        if (hello.TryGetProperty("unavailable", out _)) { return (null, OracleReplyReader.Text(hello, "unavailable")); }
        return (Info(OracleReplyReader.Property(hello, "info", JsonValueKind.Object)), "");
    }

    /// <summary>Reads torch_oracle.py's description of itself.</summary>
    /// <exception cref="OracleProtocolException">The JSON is not such a description.</exception>
    internal static OracleInfo ReadInfo(string json)
    {
        using JsonDocument info = JsonDocument.Parse(json);
        return Info(info.RootElement);
    }

    static OracleInfo Info(JsonElement info)
    {
        string Text(string name) => OracleReplyReader.Text(info, name);
        bool mkl = info.TryGetProperty("mkl", out JsonElement value) && value.ValueKind == JsonValueKind.True;
        string qr = info.TryGetProperty("qr", out _) ? Text("qr") : "";
        OracleGpu? gpu = info.TryGetProperty("gpu", out _) ? Gpu(OracleReplyReader.Property(info, "gpu", JsonValueKind.Object)) : null;
        return new(Text("torch"), Text("package"), Text("python"), Text("platform"), Text("cpu"), Text("libc"), Text("blas"), mkl,
            Text("lapack"), qr, gpu);
    }

    static OracleGpu Gpu(JsonElement gpu)
    {
        int Number(string name) => (int)OracleReplyReader.Integer(gpu, name, 1, 65536);
        return new(OracleReplyReader.Text(gpu, "name"), Number("multiprocessors"), Number("threads"));
    }

    /// <summary>Reads the reply to a request.</summary>
    /// <exception cref="EndOfStreamException">The stream ends first.</exception>
    /// <exception cref="OracleProtocolException">The frame is not a reply.</exception>
    internal static OracleReply ReadReply(Stream stream)
    {
        using JsonDocument header = ReadHeader(stream, out long payload);
        return OracleReplyReader.Read(header.RootElement, payload, stream);
    }

    static JsonDocument ReadHeader(Stream stream, out long payload)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        stream.ReadExactly(prefix);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(prefix);
        ulong rest = BinaryPrimitives.ReadUInt64LittleEndian(prefix[4..]);
        if (length > MaxHeader)
        {
            throw new OracleProtocolException($"The frame announces a header of {length} bytes; allowed: at most {MaxHeader}.");
        }
        if (rest > (ulong)MaxTensorBytes + OracleRequest.MaxStateBytes)
        {
            throw new OracleProtocolException($"The frame announces a payload of {rest} bytes; allowed: at most "
                + $"{MaxTensorBytes + OracleRequest.MaxStateBytes}.");
        }
        payload = (long)rest;
        byte[] text = new byte[length];
        stream.ReadExactly(text);
        if (!Utf8.IsValid(text)) { throw new OracleProtocolException("The header is not valid UTF-8."); }
        try
        {
            JsonDocument header = JsonDocument.Parse(text);
            if (header.RootElement.ValueKind == JsonValueKind.Object) { return header; }
            header.Dispose();
        }
        catch (JsonException error)
        {
            throw new OracleProtocolException($"The header is not JSON: {error.Message}", error);
        }
        throw new OracleProtocolException("The header is JSON but not an object.");
    }
}
