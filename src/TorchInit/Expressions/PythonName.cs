using System.Buffers;
using System.Collections.Frozen;

namespace TorchInit.Syntax;

/// <summary>Python's identifiers, as far as torch uses them: ASCII letters, digits and underscores.</summary>
static class PythonName
{
    static readonly SearchValues<char> s_letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    static readonly FrozenSet<string> s_reserved = new[]
    {
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
            "except", "finally", "for",
        "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
            "yield",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Longest first; removed until none is left.
    static readonly string[] s_prefixes = ["torch.nn.", "nn.", "torch.", "functional.", "F."];

    public static bool IsStart(char letter) => char.IsAsciiLetter(letter) || letter == '_';

    public static bool IsPart(char letter) => s_letters.Contains(letter);

    public static bool IsIdentifier(string name) => name.Length > 0 && IsStart(name[0]) && !name.AsSpan().ContainsAnyExcept(s_letters)
        && !s_reserved.Contains(name);

    /// <summary>Null if a call may have this dotted name, else which names are allowed.</summary>
    public static string? WhyNotCallable(string name)
        => !name.Split('.').All(IsIdentifier) ? "Python identifiers separated by dots"
            : name.StartsWith('_') || name.Contains("._", StringComparison.Ordinal) ? "torch's public names, which start with no underscore"
            : PythonBuiltins.IsReserved(WithoutTorch(name)) ? "names of modules and functions; names like float are read as values"
            : null;

    /// <summary>Whether the word is a Python keyword.</summary>
    public static bool IsReserved(string name) => s_reserved.Contains(name);

    /// <summary><c>torch.nn.utils.parametrizations.weight_norm</c> ↦ <c>parametrizations.weight_norm</c>; idempotent.</summary>
    public static string WithoutTorch(string name)
    {
        int start = 0;
        while (Array.Find(s_prefixes, prefix => string.CompareOrdinal(name, start, prefix, 0, prefix.Length) == 0) is { } found)
        {
            start += found.Length;
        }
        string plain = name[start..];
        if (plain.StartsWith("modules.", StringComparison.Ordinal)) { return plain[(plain.LastIndexOf('.') + 1)..]; }
        return plain == "parameter.Parameter" ? "Parameter"
            : plain.StartsWith("utils.parametrizations.", StringComparison.Ordinal) ? plain["utils.".Length..] : plain;
    }
}
