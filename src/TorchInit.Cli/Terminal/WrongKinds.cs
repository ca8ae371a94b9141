using System.CommandLine;
using System.Text.RegularExpressions;

namespace TorchInit.Cli;

/// <summary>Refuses a value that is no number where an option wants one; the parser's own words name .NET's types.</summary>
static partial class WrongKinds
{
    /// <exception cref="ArgumentException">There is such a value.</exception>
    public static void Refuse(ParseResult parsed)
    {
        foreach (string message in parsed.Errors.Select(error => error.Message))
        {
            if (Wrong().Match(message) is not { Success: true } wrong) { continue; }
            string allowed = wrong.Groups["type"].Value switch
            {
                "Double" or "Single" => "a number, for example 0.05",
                "Boolean" => "true or false",
                _ => "a whole number",
            };
            throw new ArgumentException($"{wrong.Groups["name"].Value} is '{wrong.Groups["value"].Value}'; allowed: {allowed}.");
        }
    }

    [GeneratedRegex(@"^Cannot parse argument '(?<value>.*)' for (?:option|command) '(?<name>.*)' as expected type 'System\.(?<type>\w+)'")]
    private static partial Regex Wrong();
}
