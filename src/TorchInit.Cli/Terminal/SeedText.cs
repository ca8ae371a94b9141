using System.CommandLine;

namespace TorchInit.Cli;

/// <summary>--seed, as torch.manual_seed takes it.</summary>
static class SeedText
{
    /// <summary>The seed that was given; null for none.</summary>
    /// <exception cref="ArgumentException">It is not an integer of that range.</exception>
    public static ulong? Of(ParseResult result, Option<string?> option)
    {
        if (result.GetValue(option) is not { } text) { return null; }
        try { return Generator.ParseSeed(text); }
        catch (TorchArgumentException error)
        {
            throw new ArgumentException($"{option.Name} is '{text}'; allowed: an integer from -2^63 to 2^64 - 1.", error);
        }
    }
}
