namespace TorchInit.Parity;

/// <summary>The same cases answered by others: who has torch's bits, who has its distributions, and how much wider the rest is.</summary>
public static class Scoreboard
{
    const double Total = 1e-6;

    /// <summary>The source of a row whose answers come from live torch.</summary>
    public const string AskedNow = "asked now";

    /// <summary>TorchInit, torch if it can be asked, TorchSharp as recorded, and the documented formulas of other frameworks.</summary>
    /// <param name="torch">Real torch; null if it cannot be asked.</param>
    public static IReadOnlyList<ScoreboardRow> Known(TorchInitialiser? torch)
    {
        List<(Initialiser, string)> all = [(new PlanInitialiser(), "this library")];
        if (torch is not null) { all.Add((torch, AskedNow)); }
        IEnumerable<ScoreboardRow> formulas = Formulas.All.Select(formula => Judge(formula, formula.Source));
        return [.. all.Select(entry => Judge(entry.Item1, entry.Item2)), TorchSharp(), .. formulas];
    }

    /// <summary>TorchSharp as recorded.</summary>
    public static ScoreboardRow TorchSharp() => Judge(ScoreboardAnswers.TorchSharp);

    /// <summary>Judges an initialiser; a case on which torch crashes has no answer.</summary>
    /// <param name="initialiser">Who draws.</param>
    /// <param name="source">The source of its answers.</param>
    public static ScoreboardRow Judge(Initialiser initialiser, string source)
    {
        ArgumentNullException.ThrowIfNull(initialiser);
        return new(initialiser.Name, source, [.. ScoreboardCase.All.Select(item =>
        {
            if (!initialiser.Answers(item)) { return Absent(item); }
            InitPlan plan = InitPlan.Of(item.Expression);
            try { return Judge(item, [.. item.Seeds.Select(seed => initialiser.Draw(new(item.Expression, plan, DType.Float32, seed)))]); }
            catch (Exception error) when (UnansweredException.Is(error))
            {
                return Absent(item, error.Message);
            }
        })]);
    }

    /// <summary>Judges a folder of answers in the neutral format.</summary>
    /// <param name="folder">A folder with one file per case, and optionally a source.txt that names the framework.</param>
    /// <param name="name">The framework's name.</param>
    /// <exception cref="InvalidDataException">An answer is damaged or lacks a tensor.</exception>
    public static ScoreboardRow JudgeFolder(string folder, string name) => Judge(ScoreboardAnswers.Of(folder, name));

    static ScoreboardRow Judge(ScoreboardAnswers answers)
        => new(answers.Name, answers.Source, [.. ScoreboardCase.All.Select(item => answers.Draws(item) is { } draws ? Judge(item, draws)
            : answers.Hashes(item) is { } hashes ? Judge(item, hashes) : Absent(item))]);

    static ScoreboardCell Absent(ScoreboardCase item, params string[] why)
        => new(item, ScoreboardAnswer.Absent, new Dictionary<string, double>(), why);

    // A matching hash means the same bits; any other says nothing.
    static ScoreboardCell Judge(ScoreboardCase item, IReadOnlyDictionary<string, string> hashes)
    {
        Drawn[] ours = [.. item.Seeds.Select(seed => Right(item, seed))];
        string? other = item.Seeds.Zip(ours)
            .SelectMany(pair => pair.Second.Tensors.Select(tensor => (Name: $"{pair.First}/{tensor.Key}", tensor.Value)))
            .FirstOrDefault(tensor => !hashes.TryGetValue(tensor.Name, out string? hash) || hash != ScoreboardAnswers.Hash(tensor.Value))
                .Name;
        return other is null ? Judge(item, ours)
            : Absent(item, $"the hash of {other} is not that of torch's bits, and a hash says nothing about their law");
    }

    /// <summary>What this library draws for a case.</summary>
    internal static Drawn Right(ScoreboardCase item, ulong seed)
        => new PlanInitialiser().Draw(new(item.Expression, item.Distribution.Plan, DType.Float32, seed));

    static ScoreboardCell Judge(ScoreboardCase item, IReadOnlyList<Drawn> draws)
    {
        DistributionCase distribution = item.Distribution;
        bool same = item.Seeds.Zip(draws).All(pair => Behaviour.Same(Right(item, pair.First).Tensors, pair.Second.Tensors));
        Examination found = Examination.Of(distribution, draws, long.MaxValue,
            new(Total, distribution.Tests * ScoreboardCase.All.Count, Total));
        Dictionary<string, double> widths = [];
        foreach (RegionFindings region in found.Regions.Where(region => region.Sample is { Law: not ConstantLaw }))
        {
            widths[region.Region.Tensor] = Width(region.Sample!);
        }
        return new(item, same ? ScoreboardAnswer.SameBits : found.Accusations.Count == 0 ? ScoreboardAnswer.SameDistribution
            : ScoreboardAnswer.Differs, widths, found.Accusations);
    }

    static double Width(Sample sample)
    {
        double mean = sample.Values.Average();
        return Math.Sqrt(sample.Values.Sum(value => (value - mean) * (value - mean)) / sample.Count) / sample.Law.StandardDeviation;
    }
}
