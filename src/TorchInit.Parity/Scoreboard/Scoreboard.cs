namespace TorchInit.Parity;

/// <summary>The same cases, answered by others: who has torch's bits, who has its distributions, and how much wider the rest is.</summary>
public static class Scoreboard
{
    const double Total = 1e-6;

    /// <summary>TorchInit, torch where it can be asked, and the documented formulas of other frameworks.</summary>
    /// <param name="torch">Real torch; null where it cannot be asked.</param>
    public static IReadOnlyList<ScoreboardRow> Known(TorchInitialiser? torch)
    {
        List<(Initialiser, string)> all = [(new PlanInitialiser(), "this library")];
        if (torch is not null) { all.Add((torch, "asked now")); }
        all.AddRange(Formulas.All.Select(formula => ((Initialiser)formula, formula.Source)));
        return [.. all.Select(entry => Judge(entry.Item1, entry.Item2))];
    }

    /// <summary>Judges an initialiser; a case over which torch dies has no answer.</summary>
    /// <param name="initialiser">Who draws.</param>
    /// <param name="source">Where its answers are from.</param>
    public static ScoreboardRow Judge(Initialiser initialiser, string source)
    {
        ArgumentNullException.ThrowIfNull(initialiser);
        return new(initialiser.Name, source, [.. ScoreboardCase.All.Select(item =>
        {
            InitPlan plan = InitPlan.Of(item.Expression);
            try { return Judge(item, [.. item.Seeds.Select(seed => initialiser.Draw(new(item.Expression, plan, DType.Float32, seed)))]); }
            catch (Exception error) when (UnansweredException.Is(error))
            {
                return new(item, ScoreboardAnswer.Absent, new Dictionary<string, double>(), [error.Message]);
            }
        })]);
    }

    /// <summary>Judges a folder of answers in the neutral format.</summary>
    /// <param name="folder">With one safetensors file a case.</param>
    /// <param name="name">Who answered.</param>
    /// <exception cref="InvalidDataException">An answer is damaged or lacks a tensor.</exception>
    public static ScoreboardRow JudgeFolder(string folder, string name)
        => new(name, folder, [.. ScoreboardCase.All.Select(item => ScoreboardFiles.Read(folder, item) is { } draws ? Judge(item, draws) : new(item, ScoreboardAnswer.Absent, new Dictionary<string, double>(), []))]);

    static ScoreboardCell Judge(ScoreboardCase item, IReadOnlyList<Drawn> draws)
    {
        DistributionCase distribution = item.Distribution;
        PlanInitialiser right = new();
        bool same = item.Seeds.Zip(draws).All(pair => Behaviour.Same(right.Draw(new(item.Expression, distribution.Plan, DType.Float32, pair.First)).Tensors, pair.Second.Tensors));
        Examination found = Examination.Of(distribution, draws, long.MaxValue, new(Total, distribution.Tests * ScoreboardCase.All.Count, Total));
        Dictionary<string, double> widths = [];
        foreach (RegionFindings region in found.Regions.Where(region => region.Sample is { Law: not ConstantLaw })) { widths[region.Region.Tensor] = Width(region.Sample!); }
        return new(item, same ? ScoreboardAnswer.SameBits : found.Accusations.Count == 0 ? ScoreboardAnswer.SameDistribution : ScoreboardAnswer.Differs, widths, found.Accusations);
    }

    static double Width(Sample sample)
    {
        double mean = sample.Values.Average();
        return Math.Sqrt(sample.Values.Sum(value => (value - mean) * (value - mean)) / sample.Count) / sample.Law.StandardDeviation;
    }
}
