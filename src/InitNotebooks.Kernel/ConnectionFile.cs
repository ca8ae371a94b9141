using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InitNotebooks.Kernel;

/// <summary>Where a front end waits for the kernel: the file that it names on the command line.</summary>
/// <param name="Ip">A loopback address.</param>
/// <param name="Transport"><c>tcp</c>.</param>
/// <param name="ShellPort">Requests.</param>
/// <param name="IOPubPort">Outputs.</param>
/// <param name="StdinPort">Questions to the user.</param>
/// <param name="ControlPort">Interrupt and shutdown.</param>
/// <param name="HeartbeatPort">Echo.</param>
/// <param name="Key">Signs every message.</param>
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
    /// <summary>Reads the file.</summary>
    /// <param name="path">As the front end gives it.</param>
    /// <exception cref="InvalidDataException">It is no connection file, has no key, or asks the kernel to listen beyond loopback.</exception>
    public static ConnectionFile Load(string path)
    {
        ConnectionFile file;
        try { file = JsonSerializer.Deserialize<ConnectionFile>(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path} is null."); }
        catch (JsonException error) { throw new InvalidDataException($"{path} is no connection file: {error.Message}", error); }
        if (file.Transport != "tcp") { throw new InvalidDataException($"transport is '{file.Transport}'; allowed: tcp."); }
        if (!IPAddress.TryParse(file.Ip, out IPAddress? ip) || !IPAddress.IsLoopback(ip)) { throw new InvalidDataException($"ip is '{file.Ip}'; allowed: a loopback address. A kernel runs what it is sent."); }
        if (file.SignatureScheme != "hmac-sha256") { throw new InvalidDataException($"signature_scheme is '{file.SignatureScheme}'; allowed: hmac-sha256."); }
        return string.IsNullOrEmpty(file.Key) ? throw new InvalidDataException("key is empty; a kernel that takes unsigned messages runs anybody's code.") : file;
    }

    internal string Address(int port) => $"tcp://{Ip}:{port}";
}
