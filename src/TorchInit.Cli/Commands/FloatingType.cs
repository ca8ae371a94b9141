using System.CommandLine;

namespace TorchInit.Cli;

/// <summary>--dtype of a command that constructs: torch's default dtype, which is a floating one.</summary>
static class FloatingType
{
    /// <summary>Reads the option.</summary>
    /// <exception cref="ArgumentException">The value is not a dtype, or none that torch takes as its default.</exception>
    public static DType Of(ParseResult result, Option<string> option)
    {
        string text = result.GetValue(option)!;
        DType type;
        try { type = DType.Parse(text); }
        catch (ArgumentException error) { throw Refused(error); }
        return type.IsFloatingPoint() ? type : throw Refused(null);

        ArgumentException Refused(ArgumentException? error)
            => new($"{option.Name} is '{text}'; allowed: float32, float64, float16, bfloat16.", error);
    }
}
