namespace TorchInit.Parity;

/// <summary>The results of many cases, added up.</summary>
/// <param name="name">What the cases have in common.</param>
public sealed class Tally(string name)
{
    readonly Dictionary<Outcome, long> _outcomes = [];

    /// <summary>The columns of every table of cases, one per outcome: a row's columns add up to its <see cref="Cases"/>.</summary>
    public static IReadOnlyList<(Outcome Outcome, string Title)> Columns { get; } =
    [
        (Outcome.SameBits, "same bits"), (Outcome.WithinTolerance, "close"), (Outcome.RefusedAlike, "refused alike"),
            (Outcome.AbsentInBoth, "absent in both"), (Outcome.NotAsked, "not asked"), (Outcome.Mismatch, "mismatches"),
    ];

    /// <summary>What the cases have in common.</summary>
    public string Name { get; } = name;

    /// <summary>How many cases.</summary>
    public long Cases => _outcomes.Values.Sum();

    /// <summary>Elements compared.</summary>
    public long Elements { get; private set; }

    /// <summary>Elements that torch leaves undefined, which are not compared.</summary>
    public long Undefined { get; private set; }

    /// <summary>Elements that differ where the same bits are promised; 0 when the promise is kept.</summary>
    public long DifferingExact { get; private set; }

    /// <summary>Elements that differ where a tolerance is promised.</summary>
    public long DifferingClose { get; private set; }

    /// <summary>The largest max |actual − expected| / max |expected| of a tensor, in ε of its dtype.</summary>
    public double Distance { get; private set; }

    /// <summary>The largest distance in units in the last place.</summary>
    public ulong MaxUlp { get; private set; }

    /// <summary>The largest tolerance that was promised; 0 where all cases promise the same bits.</summary>
    public double Tolerance { get; private set; }

    /// <summary>Why only that tolerance is promised.</summary>
    public string Why { get; private set; } = "";

    /// <summary>How many cases had this outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    public long Count(Outcome outcome) => _outcomes.GetValueOrDefault(outcome);

    /// <summary>The numbers of <see cref="Columns"/>.</summary>
    public IEnumerable<long> Row => Columns.Select(column => Count(column.Outcome));

    /// <summary>Adds a case.</summary>
    /// <param name="result">Its result.</param>
    public void Add(CaseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _outcomes[result.Outcome] = Count(result.Outcome) + 1;
        Elements += result.Elements;
        Undefined += result.Undefined;
        if (result.Promise.IsExact) { DifferingExact += result.Differing; }
        else { DifferingClose += result.Differing; }
        Distance = Math.Max(Distance, result.Distance);
        MaxUlp = Math.Max(MaxUlp, result.MaxUlp);
        if (result.Outcome != Outcome.NotAsked && result.Promise.Tolerance > Tolerance)
        {
            (Tolerance, Why) = (result.Promise.Tolerance, result.Promise.Why);
        }
    }
}
