using System.Text;

namespace TorchInit.Tests.Hostile;

/// <summary>Inputs that an enemy, a broken disk or a careless program would make, each from its seed alone.</summary>
sealed class HostileInputs(HostileReader reader, int seed)
{
    static readonly string[] s_numbers =
    [
        "0", "-0", "-1", "1", "2", "64", "65", "255", "65536", "2147483647", "2147483648", "4294967296", "4611686018427387904",
            "9223372036854775807", "9223372036854775808", "18446744073709551615",
        "1e308", "1e999", "-1e999", "1e-999", "0.1", "NaN", "Infinity", "99999999999999999999999999999999999999",
    ];

    static readonly string[] s_json =
    [
        "null", "true", "[]", "{}", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[[[[[[[[", "]]]]", "{\"a\":", ",", ":", "\"", "\\", "\u0001",
            "é", "\uFEFF", "/*", "//",
    ];

    readonly Random _random = new(seed);

    /// <summary>The input: a good one with a few changes, or now and then noise alone.</summary>
    public byte[] Next()
    {
        List<byte> bytes = [.. _random.Next(200) == 0 ? Noise(_random.Next(300)) : Pick(reader.Seeds)];
        for (int changes = _random.Next(4); changes >= 0; changes--) { Change(bytes); }
        return reader.Wrap([.. bytes]);
    }

    void Change(List<byte> bytes)
    {
        int at = _random.Next(bytes.Count + 1);
        int length = Math.Min(_random.Next(1, _random.Next(4) == 0 ? 200 : 8), bytes.Count - at);
        switch (_random.Next(12))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << _random.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)_random.Next(256); break;
            case 2: bytes.RemoveRange(at, length); break;
            case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 4: bytes.RemoveRange(at, bytes.Count - at); break;
            case 5: Insert(bytes, at, Pick(s_numbers)); break;
            case 6: Insert(bytes, at, Pick(s_json)); break;
            case 7: Insert(bytes, at, Pick(reader.Words)); break;
            case 8: ReplaceNumber(bytes, at); break;
            case 9: Splice(bytes, at); break;
            case 10 when _random.Next(8) == 0: Repeat(bytes, at, length); break;
            default: bytes.InsertRange(at, Noise(_random.Next(4))); break;
        }
    }

    static void Insert(List<byte> bytes, int at, string text) => bytes.InsertRange(at, Encoding.UTF8.GetBytes(text));

    /// <summary>A number of the text becomes another: what is a size, an offset or a version there.</summary>
    void ReplaceNumber(List<byte> bytes, int at)
    {
        int start = at;
        while (start < bytes.Count && !char.IsAsciiDigit((char)bytes[start])) { start++; }
        int end = start;
        while (end < bytes.Count && char.IsAsciiDigit((char)bytes[end])) { end++; }
        bytes.RemoveRange(start, end - start);
        Insert(bytes, start, Pick(s_numbers));
    }

    void Splice(List<byte> bytes, int at)
    {
        byte[] other = Pick(reader.Seeds);
        int from = _random.Next(other.Length + 1);
        bytes.InsertRange(at, other.AsSpan(from, _random.Next(Math.Min(other.Length - from, 100) + 1)).ToArray());
    }

    /// <summary>A part, up to 60,000 bytes of it.</summary>
    void Repeat(List<byte> bytes, int at, int length)
    {
        byte[] part = length == 0 ? [(byte)'['] : [.. bytes.GetRange(at, length)];
        int times = _random.Next(1, 1 + 60_000 / part.Length);
        byte[] all = new byte[times * part.Length];
        for (int i = 0; i < times; i++) { part.CopyTo(all, i * part.Length); }
        bytes.InsertRange(at, all);
    }

    byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        _random.NextBytes(noise);
        return noise;
    }

    T Pick<T>(T[] items) => items[_random.Next(items.Length)];
}
