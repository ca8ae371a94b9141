using System.Text.RegularExpressions;

namespace TorchInit.Parity;

/// <summary>Torch's texts, as far as they are the same from run to run.</summary>
static partial class FuzzText
{
    /// <summary>
    /// The first line. A set of names has no order, Python from 3.13 on says which keyword was perhaps meant, and what begins with a module
    /// goes on with all its arguments in torch, over many lines, where C# has its class alone.
    /// </summary>
    public static string Of(string message)
        => Guess().Replace(Set().Replace(Module().Replace(message.Split('\n')[0], "Module '…"), "{}"), "").Trim();

    /// <summary>Whether torch's warnings are C#'s. What C++ says once in a process is no part of a call's answer.</summary>
    public static bool AreWarnings(IEnumerable<(string Category, string Message)> theirs,
        IEnumerable<(string Category, string Message)> ours)
        => Told(theirs).SequenceEqual(ours.Take(16).Select(warning => (warning.Category, Of(warning.Message))));

    static IEnumerable<(string, string)> Told(IEnumerable<(string Category, string Message)> warnings)
        => warnings.Where(warning => !warning.Message.Contains("Triggered internally", StringComparison.Ordinal))
            .Select(warning => (warning.Category, Of(warning.Message)));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Set();

    [GeneratedRegex("^Module '.*")]
    private static partial Regex Module();

    [GeneratedRegex(@"\. Did you mean '\w+'\?$")]
    private static partial Regex Guess();
}
