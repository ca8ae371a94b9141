using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>Package versions: 1.0, 1.0.0 and 1.0.0.0 are equal, and what follows a + does not count.</summary>
static partial class PackageVersion
{
    /// <summary>Whether a text names a single version: no range, no star.</summary>
    public static bool IsExact(string version) => Exact().IsMatch(version);

    public static bool Same(string one, string other) => string.Equals(Normal(one), Normal(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>The version of the package that a file came in, if the file states it; otherwise the assembly's.</summary>
    public static string Of(string path) => FileVersionInfo.GetVersionInfo(path).ProductVersion?.Split('+')[0] is { Length: > 0 } version
        ? version : AssemblyName.GetAssemblyName(path).Version!.ToString();

    /// <summary>Whether one version is later: compares numbers, puts a release after its previews, compares those part by part.</summary>
    public static bool IsLater(string one, string other)
    {
        (string[] left, string[] right) = (Normal(one).Split('-', 2), Normal(other).Split('-', 2));
        int numbers = Compare(left[0], right[0]);
        if (numbers != 0 || left.Length < 2 || right.Length < 2) { return numbers > 0 || (numbers == 0 && left.Length < right.Length); }
        return Compare(left[1], right[1]) > 0;
    }

    static int Compare(string one, string other)
    {
        (string[] left, string[] right) = (one.Split('.'), other.Split('.'));
        for (int at = 0; at < Math.Min(left.Length, right.Length); at++)
        {
            bool bothNumbers = int.TryParse(left[at], CultureInfo.InvariantCulture, out int l)
                & int.TryParse(right[at], CultureInfo.InvariantCulture, out int r);
            int order = bothNumbers ? l.CompareTo(r) : string.Compare(left[at], right[at], StringComparison.OrdinalIgnoreCase);
            if (order != 0) { return order; }
        }
        return left.Length.CompareTo(right.Length);
    }

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
