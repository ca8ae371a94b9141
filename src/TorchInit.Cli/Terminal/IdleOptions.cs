using System.CommandLine;

namespace TorchInit.Cli;

/// <summary>Options that would be taken and ignored.</summary>
static class IdleOptions
{
    /// <summary>Refuses those of the options that were given.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="why">Where they have no effect: "without --case".</param>
    /// <param name="allowed">What to do instead.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">One was given.</exception>
    public static void Refuse(ParseResult result, string why, string allowed, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (result.GetResult(option) is not { Implicit: false } given) { continue; }
            string value = given.Tokens.Count == 0 ? "" : $" {string.Join(' ', given.Tokens.Select(token => token.Value))}";
            throw new ArgumentException($"{option.Name}{value} has no effect {why}; allowed: {allowed}.");
        }
    }
}
