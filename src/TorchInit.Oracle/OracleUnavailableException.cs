namespace TorchInit.Oracle;

/// <summary>Torch cannot be used: no Python on this machine both starts and has it. The message lists what was tried.</summary>
public sealed class OracleUnavailableException : Exception
{
    /// <summary>None of the candidates can be used.</summary>
    /// <param name="tried">The candidates in the order tried, each with the reason for its refusal.</param>
    public OracleUnavailableException(IReadOnlyList<PythonCandidate> tried)
        : base(Text(tried)) => Tried = tried;

    /// <summary>A Python has torch but cannot be used in this way.</summary>
    /// <param name="message">The reason, and what helps.</param>
    /// <param name="tried">That Python.</param>
    public OracleUnavailableException(string message, IReadOnlyList<PythonCandidate> tried)
        : base(message) => Tried = tried;

    /// <summary>The candidates in the order tried, each with the reason for its refusal.</summary>
    public IReadOnlyList<PythonCandidate> Tried { get; }

    /// <summary>None of the candidates can draw on a GPU.</summary>
    internal static OracleUnavailableException OnGpu(IReadOnlyList<PythonCandidate> tried)
        => new($"No torch that draws on a GPU was found; --python names one. Tried:{List(tried)}", tried);

    static string Text(IReadOnlyList<PythonCandidate> tried)
    {
        ArgumentNullException.ThrowIfNull(tried);
        return "No Python with torch was found; torchinit setup installs one (in the repository: scripts/setup.sh), "
            + $"{PythonLocator.Variable} names one. Tried:{List(tried)}";
    }

    static string List(IReadOnlyList<PythonCandidate> tried) => tried.Count == 0 ? " nothing, PATH has no python."
        : string.Concat(tried.Select(candidate
            => $"{Environment.NewLine}  {candidate.Path} ({candidate.Source}): {candidate.Refusal}"));
}
