using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetMQ;

namespace InitNotebooks.Kernel;

/// <summary>identities · &lt;IDS|MSG&gt; · signature · header · parent · metadata · content: read only if the signature is right and
/// new.</summary>
sealed class Wire(string key, string username, int mostBytes = Wire.MostBytes)
{
    public const string Version = "5.4";

    /// <summary>
    /// For a frame: NetMQ allocates what is announced, before there is anything to check. For a message: anything larger is not a request.
    /// </summary>
    public const int MostBytes = 8 << 20;

    const int MostRemembered = 1 << 16;

    static readonly byte[] s_delimiter = "<IDS|MSG>"u8.ToArray();
    static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly byte[] _key = Encoding.UTF8.GetBytes(key);
    readonly string _session = Guid.NewGuid().ToString("N");
    readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Returns the message, or null if it is malformed, forged, replayed or too large.</summary>
    public JupyterMessage? Read(NetMQMessage frames)
    {
        if (frames.Sum(frame => (long)frame.BufferSize) > mostBytes) { return null; }
        byte[][] parts = [.. frames.Select(frame => frame.ToByteArray())];
        int at = Array.FindIndex(parts, part => part.AsSpan().SequenceEqual(s_delimiter));
        if (at < 0 || parts.Length < at + 6) { return null; }
        byte[] expected = Sign(parts[(at + 2)..(at + 6)]);
        byte[] given = new byte[expected.Length];
        if (Convert.FromHexString(Encoding.ASCII.GetString(parts[at + 1]), given, out _,
            out int length) != System.Buffers.OperationStatus.Done || length != expected.Length
            || !CryptographicOperations.FixedTimeEquals(given, expected) || !_seen.Add(Convert.ToHexString(given)))
        {
            return null;
        }
        if (_seen.Count > MostRemembered) { _seen.Clear(); }
        try
        {
            return new()
            {
                Identities = parts[..at],
                Header = WireJson.Read(parts[at + 2]),
                Parent = WireJson.Read(parts[at + 3]),
                Content = WireJson.Read(parts[at + 5])
            };
        }
        catch (JsonException) { return null; }      // signed, but still not a message
    }

    public NetMQMessage Write(string type, JsonObject content, JsonObject? parent, IEnumerable<byte[]> identities)
    {
        JsonObject header = new()
        {
            ["msg_id"] = Guid.NewGuid().ToString("N"),
            ["msg_type"] = type,
            ["session"] = _session,
            ["username"] = username,
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
            ["version"] = Version,
        };
        byte[][] parts = [Bytes(header), Bytes(parent), Bytes(null), Bytes(content)];
        NetMQMessage frames = new();
        foreach (byte[] identity in identities) { frames.Append(identity); }
        frames.Append(s_delimiter);
        frames.Append(Signature(parts));
        foreach (byte[] part in parts) { frames.Append(part); }
        return frames;
    }

    static byte[] Bytes(JsonObject? json) => json is null ? "{}"u8.ToArray() : Encoding.UTF8.GetBytes(json.ToJsonString(s_json));

    /// <summary>The signature in hex, as in a message.</summary>
    public string Signature(IEnumerable<byte[]> parts) => Convert.ToHexStringLower(Sign(parts));

    byte[] Sign(IEnumerable<byte[]> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (byte[] part in parts) { hash.AppendData(part); }
        return hash.GetHashAndReset();
    }
}
