using System.Text.Json;
using System.Text.Unicode;

namespace TorchInit;

/// <summary>Reads a header as untrusted input: what it returns is consistent and fits the file; nothing of a tensor's size is
/// allocated.</summary>
static partial class SafetensorsHeader
{
    /// <summary>The key that holds metadata about the file and is not a tensor.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>The reference implementation's limit, in bytes.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>The tensors by offset, and the metadata (empty if there is none).</summary>
    /// <param name="json">The header without its length.</param>
    /// <param name="dataLength">The bytes after the header.</param>
    /// <exception cref="InvalidDataException">The header breaks a rule of the format; the message says which and where, and what is
    /// allowed.</exception>
    public static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        if (json.IsEmpty
            || json[0] != '{')
        {
            throw new InvalidDataException($"The header starts with "
                + $"{(json.IsEmpty ? "nothing" : $"byte 0x{json[0]:X2}")}; allowed: '{{'.");
        }
        if (!Utf8.IsValid(json)) { throw new InvalidDataException("The header is not valid UTF-8; allowed: a JSON object in UTF-8."); }
        try
        {
            (List<SafetensorsEntry> entries, Dictionary<string, string> metadata) = Read(json);
            return (InOrder(entries, dataLength), metadata);
        }
        catch (JsonException error) { throw new InvalidDataException($"The header is not a valid JSON object: {error.Message}", error); }
        // A lone surrogate, written as an escape, is valid UTF-8 and valid JSON but not Unicode text.
        catch (InvalidOperationException error)
        {
            throw new InvalidDataException($"The header has a string that is not Unicode text: {error.Message}", error);
        }
    }

    /// <summary>A string of a file as an error shows it: in quotes, at most 100 characters.</summary>
    internal static string Show(string text) => text.Length <= 100 ? $"'{text}'" : $"'{text[..100]}…'";

    static List<SafetensorsEntry> InOrder(List<SafetensorsEntry> entries, long dataLength)
    {
        entries.Sort();
        long at = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.End > dataLength)
            {
                throw new InvalidDataException($"tensor {Show(entry.Name)}: data_offsets [{entry.Begin}, {entry.End}] end after the "
                    + $"data; allowed: up to {dataLength}, the bytes after the header. {Safetensors.CutShort}");
            }
            if (entry.Begin != at)
            {
                string problem = entry.Begin > at ? "a hole after" : "an overlap before";
                throw new InvalidDataException($"tensor {Show(entry.Name)}: data_offsets [{entry.Begin}, {entry.End}] leave {problem} "
                    + $"byte {at}; allowed: a start at {at}, where the tensor before it ends.");
            }
            at = entry.End;
        }
        return at == dataLength ? entries
            : throw new InvalidDataException($"The file has {dataLength} bytes after the header; allowed: {at}, where the last tensor "
                + $"ends.");
    }
}
