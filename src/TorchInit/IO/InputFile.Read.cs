namespace TorchInit;

static partial class InputFile
{
    /// <summary>Reads a file that should be of a format. What it is instead, the error says.</summary>
    /// <exception cref="InvalidDataException">The file is not of the format, or is damaged; the message has its name.</exception>
    public static T Read<T>(string path, FileFormat format, Func<FileStream, T> read)
    {
        using FileStream stream = Open(path);
        try { return read(stream); }
        catch (InvalidDataException error) { throw Explained(error, stream, path, format); }
    }

    /// <summary>The error of a reader, in words about the file: what it is, if it is something else than the reader expected.</summary>
    public static InvalidDataException Explained(InvalidDataException error, Stream stream, string path, FileFormat format)
    {
        FileContent content = FileContent.Of(stream);
        if (content.Said.Length > 0 && !content.Format.MayBe(format))
        {
            return new($"{path} {content.Said}; allowed: {format.Said()}. {content.Advice(path)}", error);
        }
        string named = error.Message.Contains(path, StringComparison.Ordinal) ? error.Message : $"{path}: {error.Message}";
        return content.Said.Length > 0 ? new(named, error)
            : new($"{named} It begins with the bytes {Beginning(stream)}, unlike {format.Said()}.", error);
    }

    static string Beginning(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[4];
        stream.Position = 0;
        return Convert.ToHexString(bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)]).ToLowerInvariant();
    }
}
