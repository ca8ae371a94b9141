using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>Versions as packages carry them: 1.0 is 1.0.0 is 1.0.0.0, and what follows a + does not count.</summary>
static partial class PackageVersion
{
    /// <summary>Whether a text names one version: no range, no star.</summary>
    public static bool IsExact(string version) => Exact().IsMatch(version);

    public static bool Same(string one, string other) => string.Equals(Normal(one), Normal(other), StringComparison.OrdinalIgnoreCase);

    static string Normal(string version)
    {
        string[] parts = version.Split('+')[0].Split('-', 2);
        string[] numbers = [.. parts[0].Split('.').Select(number => number.TrimStart('0') is { Length: > 0 } digits ? digits : "0"), "0",
            "0", "0"];
        return string.Join('.', numbers[..4]) + (parts.Length > 1 ? $"-{parts[1]}" : "");
    }

    [GeneratedRegex(@"^\d+(\.\d+){0,3}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$")]
    private static partial Regex Exact();
}
