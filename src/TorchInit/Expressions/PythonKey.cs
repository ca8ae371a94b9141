using System.Globalization;

namespace TorchInit.Syntax;

/// <summary>The keys of a dict as strings: <see cref="TorchDict"/> has no others, and Python's may be numbers.</summary>
static class PythonKey
{
    const char Number = '\0';

    /// <summary>The string of a key; null for a value that is followed as none.</summary>
    public static string? Of(TorchValue key) => key switch
    {
        TorchString text when !text.Value.StartsWith(Number) => text.Value,
        TorchInt or TorchBool => $"{Number}{PythonArithmetic.Integer(key)!.Value.ToString(CultureInfo.InvariantCulture)}",
        _ => null,
    };

    /// <summary>Whether a key is a number.</summary>
    public static bool IsNumber(string key) => key.StartsWith(Number);

    /// <summary>The key that a string stands for.</summary>
    public static TorchValue Value(string key)
        => IsNumber(key) ? new TorchInt(long.Parse(key.AsSpan(1), CultureInfo.InvariantCulture)) : new TorchString(key);
}
