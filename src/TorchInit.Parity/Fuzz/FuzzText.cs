using System.Text.RegularExpressions;

namespace TorchInit.Parity;

/// <summary>The parts of torch's messages that are the same from run to run.</summary>
static partial class FuzzText
{
    /// <summary>
    /// The first line. A set of names has no order; Python from 3.13 on suggests a keyword; and where torch prints a module with all its
    /// arguments, over many lines, C# prints its class alone.
    /// </summary>
    public static string Of(string message)
        => Guess().Replace(Set().Replace(Module().Replace(message.Split('\n')[0], "Module '…"), "{}"), "").Trim();

    /// <summary>Whether torch's warnings match C#'s. A warning that C++ prints once per process is no part of a call's answer.</summary>
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
