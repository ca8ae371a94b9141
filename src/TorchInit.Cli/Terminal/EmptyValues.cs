using System.CommandLine;
using System.CommandLine.Parsing;

namespace TorchInit.Cli;

/// <summary>Refuses arguments and options without text, as an unset variable of a shell gives them.</summary>
static class EmptyValues
{
    /// <summary>Only here an empty text has a meaning: it selects everything.</summary>
    const string Selection = "--only";

    /// <exception cref="ArgumentException">A value is empty.</exception>
    public static void Refuse(ParseResult parsed)
    {
        foreach (SymbolResult given in parsed.CommandResult.Children.Where(given => given.Tokens.Any(token => token.Value.Length == 0)))
        {
            string name = given switch
            {
                OptionResult option => option.Option.Name,
                ArgumentResult argument => argument.Argument.Name,
                _ => "",
            };
            if (name != Selection) { throw new ArgumentException($"{name} is ''; allowed: a text that is not empty."); }
        }
    }
}
