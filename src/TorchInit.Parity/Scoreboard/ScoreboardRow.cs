namespace TorchInit.Parity;

/// <summary>How one initialiser answered one case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Answer">The verdict.</param>
/// <param name="Widths">Each random tensor's standard deviation over torch's; 1 when right.</param>
/// <param name="Evidence">The findings that accuse; empty if there are none.</param>
public sealed record ScoreboardCell(ScoreboardCase Case, ScoreboardAnswer Answer, IReadOnlyDictionary<string, double> Widths,
    IReadOnlyList<string> Evidence);

/// <summary>A verdict on the scoreboard.</summary>
public enum ScoreboardAnswer
{
    /// <summary>Every bit of every seed is torch's.</summary>
    SameBits,

    /// <summary>Other bits with the same laws: no test finds a deviation.</summary>
    SameDistribution,

    /// <summary>Other laws.</summary>
    Differs,

    /// <summary>No answer.</summary>
    Absent,
}

/// <summary>One line of the scoreboard.</summary>
/// <param name="Name">The framework's name.</param>
/// <param name="Source">The source of its answers.</param>
/// <param name="Cells">One cell per case.</param>
public sealed record ScoreboardRow(string Name, string Source, IReadOnlyList<ScoreboardCell> Cells)
{
    /// <summary>How many cases have this verdict.</summary>
    /// <param name="answer">The verdict.</param>
    public int Count(ScoreboardAnswer answer) => Cells.Count(cell => cell.Answer == answer);
}
