using System.CommandLine;
using System.CommandLine.Parsing;

namespace TorchInit.Cli;

/// <summary>Refuses arguments and options without text, as an unset variable of a shell gives them, and files to write with the name
/// <c>-</c>, which means standard output elsewhere.</summary>
static class EmptyValues
{
    /// <summary>Only here an empty text has a meaning: it selects everything.</summary>
    const string Selection = "--only";

    static readonly string[] s_files = ["-o", "--output", "--html", "--report"];

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
        // Weights have a message of their own, and a recorded plan can go to standard output.
        string command = parsed.CommandResult.Command.Name;
        bool isOfPlan = parsed.CommandResult.Parent is CommandResult { Command.Name: "plan" };
        if (command is "init" or "materialize" || command == "record" && isOfPlan) { return; }
        foreach (OptionResult given in parsed.CommandResult.Children.OfType<OptionResult>())
        {
            if (s_files.Contains(given.Option.Name) && given.Tokens is [{ Value: "-" }])
            {
                throw new ArgumentException($"{given.Option.Name} is -, but nothing of this command is written to standard output; "
                    + "allowed: the name of a file or folder.");
            }
        }
    }
}
