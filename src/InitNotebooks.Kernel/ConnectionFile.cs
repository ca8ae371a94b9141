using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TorchInit;

namespace InitNotebooks.Kernel;

/// <summary>The connection file that a front end names on the command line: where it waits for the kernel.</summary>
/// <param name="Ip">A loopback address.</param>
/// <param name="Transport"><c>tcp</c>.</param>
/// <param name="ShellPort">The port for requests.</param>
/// <param name="IOPubPort">The port for outputs.</param>
/// <param name="StdinPort">The port for questions to the user.</param>
/// <param name="ControlPort">The port for interrupt and shutdown.</param>
/// <param name="HeartbeatPort">The port of the echo.</param>
/// <param name="Key">The key that signs every message.</param>
/// <param name="SignatureScheme"><c>hmac-sha256</c>.</param>
public sealed record ConnectionFile(
    [property: JsonPropertyName("ip")] string Ip,
    [property: JsonPropertyName("transport")] string Transport,
    [property: JsonPropertyName("shell_port")] int ShellPort,
    [property: JsonPropertyName("iopub_port")] int IOPubPort,
    [property: JsonPropertyName("stdin_port")] int StdinPort,
    [property: JsonPropertyName("control_port")] int ControlPort,
    [property: JsonPropertyName("hb_port")] int HeartbeatPort,
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("signature_scheme")] string SignatureScheme = "hmac-sha256")
{
    const int MostBytes = 1 << 16;

    /// <summary>The file it was read from; null if it was not read.</summary>
    [JsonIgnore]
    public string? Path { get; init; }

    internal bool IsVersion6 => Ip.Contains(':', StringComparison.Ordinal);

    /// <summary>The ports with their names in the file.</summary>
    internal (string Name, int Port)[] Ports =>
        [("shell_port", ShellPort), ("iopub_port", IOPubPort), ("stdin_port", StdinPort), ("control_port", ControlPort),
            ("hb_port", HeartbeatPort)];

    /// <summary>Reads the file.</summary>
    /// <param name="path">The path that the front end gives.</param>
    /// <exception cref="InvalidDataException">It is not a connection file, has no key or an invalid port, or asks the kernel to listen
    /// beyond loopback.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ConnectionFile Load(string path)
    {
        ConnectionFile file;
        try
        {
            file = JsonSerializer.Deserialize<ConnectionFile>(Text(path))
            ?? throw new InvalidDataException($"{path} is not a connection file: it holds null.");
        }
        catch (JsonException error) { throw new InvalidDataException($"{path} is not a connection file: {error.Message}", error); }
        if (file.Transport != "tcp") { throw new InvalidDataException($"transport is '{file.Transport}'; allowed: tcp."); }
        if (!IPAddress.TryParse(file.Ip, out IPAddress? ip) || !IPAddress.IsLoopback(ip))
        {
            throw new InvalidDataException($"ip is '{file.Ip}'; allowed: a loopback address. A kernel runs whatever it is sent.");
        }
        if (file.SignatureScheme != "hmac-sha256")
        {
            throw new InvalidDataException($"signature_scheme is '{file.SignatureScheme}'; allowed: hmac-sha256.");
        }
        if (string.IsNullOrEmpty(file.Key))
        {
            throw new InvalidDataException("key is empty; a kernel that takes unsigned messages runs anybody's code.");
        }
        foreach ((string name, int port) in file.Ports)
        {
            if (port is < 1 or > 65535) { throw new InvalidDataException($"{name} is {port}; allowed: 1 to 65535."); }
            if (file.Ports.First(other => other.Port == port).Name is { } first && first != name)
            {
                throw new InvalidDataException($"{name} is {port}, as {first} is; each channel needs a port of its own.");
            }
        }
        return file with { Path = System.IO.Path.GetFullPath(path) };
    }

    internal string Address(int port) => IsVersion6 ? $"tcp://[{Ip}]:{port}" : $"tcp://{Ip}:{port}";

    static string Text(string path)
    {
        using FileStream file = InputFile.Open(path);
        byte[] bytes = new byte[MostBytes + 1];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MostBytes ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw new InvalidDataException($"{path} is not a connection file: it is larger than {MostBytes} bytes.");
    }
}
