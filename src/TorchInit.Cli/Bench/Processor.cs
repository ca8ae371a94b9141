namespace TorchInit.Cli;

/// <summary>What the machine calls its processor.</summary>
static class Processor
{
    public static string Name { get; } = Read();

    /// <summary>Letters, digits and hyphens of <see cref="Name"/>.</summary>
    public static string FolderName
        => string.Join('-',
        Name.Split([.. Name.Where(letter => !char.IsAsciiLetterOrDigit(letter)).Distinct()], StringSplitOptions.RemoveEmptyEntries));

    static string Read()
    {
        const string Linux = "/proc/cpuinfo";
        string? line = File.Exists(Linux) ? File.ReadLines(Linux)
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "processor";
    }
}
