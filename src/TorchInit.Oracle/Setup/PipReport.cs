using System.Text;
using System.Text.Json;

namespace TorchInit.Oracle;

/// <summary>What pip would install, from its report (<c>pip install --dry-run --report</c>), with the index's hash of each
/// package.</summary>
static class PipReport
{
    /// <summary>The report as a requirements file, each package with its version and SHA-256; or the reason why there is none.</summary>
    public static (string? Lines, string Refusal) Requirements(string json)
    {
        StringBuilder lines = new();
        try
        {
            using JsonDocument report = JsonDocument.Parse(json);
            foreach (JsonElement package in report.RootElement.GetProperty("install").EnumerateArray())
            {
                JsonElement metadata = package.GetProperty("metadata");
                (string name, string version) = (metadata.GetProperty("name").GetString()!, metadata.GetProperty("version").GetString()!);
                if (Hash(package.GetProperty("download_info")) is not { } hash)
                {
                    return (null, $"the index states no SHA-256 of {name} {version}");
                }
                lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"{name}=={version} --hash=sha256:{hash}\n");
            }
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, $"pip's report cannot be read: {error.Message}");
        }
        return lines.Length > 0 ? (lines.ToString(), "") : (null, "pip's report names no package");
    }

    static string? Hash(JsonElement download)
    {
        if (!download.TryGetProperty("archive_info", out JsonElement archive)) { return null; }
        string? hash = archive.TryGetProperty("hashes", out JsonElement hashes)
            && hashes.TryGetProperty("sha256", out JsonElement sha256) ? sha256.GetString()
            : archive.TryGetProperty("hash", out JsonElement one) && one.GetString()!.Split('=') is ["sha256", string digits] ? digits
                : null;
        return hash is { Length: 64 } && hash.All(char.IsAsciiHexDigit) ? hash : null;
    }
}
