using TorchInit.Parity;

namespace TorchInit.Tests.Statistics;

/// <summary>The harness on trial: mutants die, right initialisers do not, false claims are rejected.</summary>
public class RunTests
{
    [Fact]
    public void Every_mutant_is_killed()
    {
        IReadOnlyList<MutantResult> results = Trials.Results;
        Assert.Equal(18, results.Where(result => char.IsDigit(result.Mutant.Number[0]))
            .Select(result => result.Mutant.Number.TrimEnd('a', 'b')).Distinct().Count());
        Assert.All(results, result => Assert.True(result.IsKilled, result.Mutant.Name));
        // What only bits can show is named; everything else dies without a look at them.
        Assert.Equal(["15", "R1", "R2", "R3"], results.Where(result => !result.IsKilledWithoutBits).Select(result => result.Mutant.Number));
    }

    [Fact]
    public void The_right_initialiser_is_never_accused_by_what_kills_mutants()
    {
        string[] expressions = [.. Museum.Shipped.SelectMany(mutant => mutant.Expressions).Except(["init.kaiming_uniform_((1024, 1024))"])
            .Distinct()];
        Mutant right = new("0", "no fault", "", "", expressions, (request, draw) => draw(request));
        MutantResult result = MutantTrial.Run(right, TorchProfile.Default, most: 65536);
        Assert.Empty(result.Kills);
        Assert.Equal(65536, result.Tried);
    }

    [Fact]
    public void Right_runs_are_accused_as_rarely_as_stated()
    {
        FalseAlarms alarms = FalseAlarms.Measure(1000, 0.01);
        Assert.True(alarms.Consistent, alarms.ToString());
        Assert.Equal(0, alarms.Strict);
    }

    [Fact]
    public void Claims_come_out_as_the_code_says()
    {
        IReadOnlyList<ClaimResult> claims = Claims.Run(new PlanInitialiser(), TorchProfile.Default, new(1e-6, 1000, 1e-6), 65_536);
        Assert.All(claims, claim => Assert.Equal(claim.Expected, claim.Accepted));
        ClaimResult article = claims.Single(claim => claim.Law == "U(-1, 1)");
        Assert.False(article.Accepted);
        Assert.True(article.Evidence.Probability < 1e-300);
    }

    [Theory]
    [InlineData("1.13")]
    [InlineData("2.11")]
    [InlineData("2.12")]
    public void Other_eras_have_the_laws_of_their_plans(string torch)
    {
        IReadOnlyList<DistributionCase> cases = DistributionTable.Cases(TorchProfile.For(torch));
        AlphaBudget budget = new(1e-6, cases.Sum(item => item.Tests), 1e-6);
        Assert.Empty(cases.AsParallel()
            .SelectMany(item => Examination.Run(new PlanInitialiser(), item, 4096,
            budget).Accusations.Select(accusation => $"{item}: {accusation}")));
    }

    [Fact]
    public void Structure_is_exact()
    {
        foreach ((string expression, int at, float value) in new[] { ("init.orthogonal_((8, 12))", 5, 0.5f),
            ("init.sparse_((40, 30), 0.25)", 7, 0f), ("init.eye_((9, 7))", 1, 1f), ("init.dirac_((6, 4, 3), groups=2)", 0, 1f) })
        {
            InitPlan plan = InitPlan.Of(expression);
            StateDict drawn = plan.Materialize(0);
            Assert.Empty(TorchInit.Parity.Structure.Violations(plan, drawn));
            Span<float> elements = drawn.Values.Single().AsSpan<float>();
            if (value == 0) { foreach (ref float element in elements) { if (element == 0) { element = 1; break; } } }
            else { elements[at] = value; }
            Assert.Single(TorchInit.Parity.Structure.Violations(plan, drawn));
        }
    }

    [Fact]
    public void Answers_go_through_neutral_files()
    {
        string folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        try
        {
            ScoreboardFiles.WriteAnswers(folder, new PlanInitialiser());
            Assert.Equal(ScoreboardCase.All.Count, Scoreboard.JudgeFolder(folder, "ours").Count(ScoreboardAnswer.SameBits));
            File.Delete(Path.Combine(folder, "gru.safetensors"));
            Assert.Equal(1, Scoreboard.JudgeFolder(folder, "ours").Count(ScoreboardAnswer.Absent));
            Safetensors.Save(Path.Combine(folder, "gru.safetensors"), InitPlan.Of("Linear(3, 4)").Materialize(0));
            Assert.Contains("0/weight_ih_l0", Assert.Throws<InvalidDataException>(() => Scoreboard.JudgeFolder(folder, "ours")).Message,
                StringComparison.Ordinal);
        }
        finally { Directory.Delete(folder, recursive: true); }
        // candle's documented Linear is √6 too wide, and so it is measured.
        ScoreboardRow candle = Scoreboard.Judge(Formulas.All.Single(formula => formula.Name.StartsWith("candle",
            StringComparison.Ordinal)), "");
        Assert.Equal(Math.Sqrt(6), candle.Cells[0].Widths["weight"], 0.02);
    }
}
