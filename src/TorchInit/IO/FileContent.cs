using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace TorchInit;

/// <summary>What a file is by its bytes, whatever its name; asked when a reader has refused it.</summary>
/// <param name="Format">The format that reads it; None for any other.</param>
/// <param name="Said">What it is, after the file's name in a sentence; empty if it is not recognised.</param>
/// <param name="ToDo">What the user can do; null if it has only the wrong ending.</param>
sealed record FileContent(FileFormat Format, string Said, string? ToDo = null)
{
    const int Seen = 4096;
    const int TarMagic = 257;
    const string Again = "Copy or download it again.";

    static readonly FileContent s_unknown = new(FileFormat.None, "");

    /// <summary>Beginnings that are enough to know a file.</summary>
    static readonly (byte[] Beginning, FileContent Content)[] s_known =
    [
        ([0x93, .. "NUMPY"u8], new(FileFormat.Npy, "is a .npy file")),
        ([.. "version https://git-lfs"u8],
            new(FileFormat.None, "is a pointer of git-LFS, not the file itself", "Fetch it with: git lfs pull.")),
        ([0x1F, 0x8B], Packed("gzip", "gunzip")),
        ([.. "BZh"u8], Packed("bzip2", "bunzip2")),
        ([0xFD, .. "7zXZ\0"u8], Packed("xz", "unxz")),
        ([0x28, 0xB5, 0x2F, 0xFD], Packed("zstd", "unzstd")),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], Packed("7z", "7z x")),
        ([.. "Rar!"u8], Packed("rar", "unrar x")),
        ([0x89, .. "HDF"u8], Exported("an HDF5 file, as Keras writes")),
        ([.. "GGUF"u8], Exported("a GGUF file, as llama.cpp reads")),
        ([.. "%PDF"u8], new(FileFormat.None, "is a PDF document", Again)),
    ];

    /// <summary>What the user can do who wanted to read the file.</summary>
    public string Advice(string path)
    {
        (string ending, string reader) = Format.Read();
        return ToDo ?? (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? $"In C#, {reader} reads it."
            : $"Name it {ending} (in C#, {reader} reads it).");
    }

    /// <summary>Looks at the bytes of a stream that can seek.</summary>
    public static FileContent Of(Stream stream)
    {
        byte[] bytes = new byte[Seen];
        stream.Position = 0;
        ReadOnlySpan<byte> start = bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        if (start.IsEmpty) { return new(FileFormat.None, "is empty", Again); }
        foreach ((byte[] beginning, FileContent content) in s_known)
        {
            if (start.StartsWith(beginning)) { return content; }
        }
        if (start.StartsWith("PK"u8)) { return ZipContent.Of(stream); }
        if (start.Length > TarMagic + 5 && start[TarMagic..].StartsWith("ustar"u8))
        {
            return new(FileFormat.None, "is a tar archive", "Unpack it with: tar -xf. If torch before 0.1.11 saved it, save it again with "
                + "a later torch.");
        }
        if (start.Length > 8 && start[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(start) is > 1 and <= SafetensorsHeader.MaxLength)
        {
            return new(FileFormat.Safetensors, "is a safetensors file");
        }
        if (start[0] == 0x80 && start.Length > 1 && start[1] is >= 1 and <= 5)
        {
            return new(FileFormat.Checkpoint, "is a pickle, as torch.save wrote before 1.6");
        }
        return start.IndexOfAnyExcept((byte)0) < 0
            ? new(FileFormat.None, $"begins with {start.Length} zero bytes: it was reserved, and never written", Again) : TextOf(start);
    }

    static FileContent TextOf(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8)) { start = start[3..]; }
        start = start[..Math.Max(0, start.LastIndexOf((byte)'\n') is var end and > 0 && start.Length == Seen ? end : start.Length)];
        if (!Utf8.IsValid(start[..WholeLetters(start)]) || start.IndexOfAnyInRange((byte)0, (byte)8) >= 0) { return s_unknown; }
        string text = Encoding.UTF8.GetString(start).TrimStart();
        bool isPage = text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
        if (isPage)
        {
            return new(FileFormat.None, "is an HTML page, perhaps an error or a login",
                "Download it again, from the link of the file itself.");
        }
        if (text.StartsWith('<')) { return new(FileFormat.None, "is XML, perhaps a server's error", Again); }
        if (!text.StartsWith('{')) { return new(FileFormat.Text, $"is text: {SafetensorsHeader.Show(FirstLine(text))}", Again); }
        return text.Contains("\"weight_map\"", StringComparison.Ordinal) ? new(FileFormat.ShardIndex, "is an index of shards")
            : text.Contains("\"steps\"", StringComparison.Ordinal) || text.Contains("\"torch\"", StringComparison.Ordinal)
                ? new(FileFormat.Plan, "is a plan")
            : new(FileFormat.Json, $"is JSON: {SafetensorsHeader.Show(FirstLine(text))}", Again);
    }

    /// <summary>The bytes without a letter that the end cuts in two.</summary>
    static int WholeLetters(ReadOnlySpan<byte> text)
    {
        int end = text.Length;
        while (end > 0 && text.Length - end < 3 && (text[end - 1] & 0xC0) == 0x80) { end--; }
        return end > 0 && text[end - 1] >= 0xC0 ? end - 1 : text.Length;
    }

    static string FirstLine(string text) => PlainLine(text.Split('\n', 2)[0].Trim());

    static string PlainLine(string line) => line.Length <= 60 ? line : line[..60] + "…";

    static FileContent Packed(string format, string command)
        => new(FileFormat.None, $"is packed with {format}", $"Unpack it first, with: {command}.");

    static FileContent Exported(string what)
        => new(FileFormat.None, $"is {what}", "Save the weights as .safetensors or .npz, with the library that wrote it.");
}
