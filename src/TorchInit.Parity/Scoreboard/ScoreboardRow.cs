namespace TorchInit.Parity;

/// <summary>How one initialiser answered one case.</summary>
/// <param name="Case">Which.</param>
/// <param name="Answer">The verdict.</param>
/// <param name="Widths">Each random tensor's standard deviation over torch's; 1 when right.</param>
/// <param name="Evidence">What accuses; empty where nothing does.</param>
public sealed record ScoreboardCell(ScoreboardCase Case, ScoreboardAnswer Answer, IReadOnlyDictionary<string, double> Widths,
    IReadOnlyList<string> Evidence);

/// <summary>A verdict on the scoreboard.</summary>
public enum ScoreboardAnswer
{
    /// <summary>Every bit of every seed.</summary>
    SameBits,

    /// <summary>Other bits of the same laws: nothing accuses.</summary>
    SameDistribution,

    /// <summary>Other laws.</summary>
    Differs,

    /// <summary>No answer.</summary>
    Absent,
}

/// <summary>One line of the scoreboard.</summary>
/// <param name="Name">Who.</param>
/// <param name="Source">Where its answers are from.</param>
/// <param name="Cells">One a case.</param>
public sealed record ScoreboardRow(string Name, string Source, IReadOnlyList<ScoreboardCell> Cells)
{
    /// <summary>How many cases came out so.</summary>
    /// <param name="answer">The verdict.</param>
    public int Count(ScoreboardAnswer answer) => Cells.Count(cell => cell.Answer == answer);
}
