using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Runs;

public class ExaminationTests
{
    /// <summary>Remembers its requests, and draws as it should.</summary>
    sealed class Recorder : Initialiser
    {
        public List<DrawRequest> Requests { get; } = [];

        public override string Name => "recorder";

        public override Drawn Draw(DrawRequest request)
        {
            Requests.Add(request);
            return new PlanInitialiser().Draw(request);
        }
    }

    [Fact]
    public void Draws_have_consecutive_seeds_until_each_region_has_enough()
    {
        Recorder recorder = new();
        Examination found = Examination.Run(recorder, new("Linear(4, 3)"), 10, Values.Budget, seed: 7);
        // The bias has 3 values a draw: 4 draws. The weight's 12 are cut to 10.
        Assert.Equal([7UL, 8, 9, 10], recorder.Requests.Select(request => request.Seed));
        Assert.Equal((4, 20L), (found.Draws, found.Count));
        Assert.Empty(found.Accusations);
        Assert.Equal([0UL, 1, 2, 3], Seeds());
        Assert.Equal("initialiser",
            Assert.Throws<ArgumentNullException>(() => Examination.Run(null!, found.Case, 1, Values.Budget)).ParamName);
        Assert.Equal("item", Assert.Throws<ArgumentNullException>(() => Examination.Run(recorder, null!, 1, Values.Budget)).ParamName);

        IEnumerable<ulong> Seeds()
        {
            Recorder again = new();
            Examination.Run(again, new("Linear(4, 3)"), 10, Values.Budget);
            return again.Requests.Select(request => request.Seed);
        }
    }

    [Fact]
    public void Regions_without_a_law_are_not_judged_and_count_nothing()
    {
        Examination found = Examination.Run(new PlanInitialiser(), new("utils.weight_norm(Linear(4, 3))"), 6, Values.Budget);
        RegionFindings derived = found.Regions.Single(region => region.Region.Law is null);
        Assert.Null(derived.Sample);
        Assert.Empty(derived.Findings);
        Assert.Equal(found.Regions.Sum(region => region.Sample?.Count ?? 0), found.Count);
    }

    [Fact]
    public void Equal_tensors_are_accused_by_their_correlation()
    {
        DistributionCase item = new("Sequential(Linear(8, 8, bias=False), Linear(8, 6, bias=False))");
        Examination found = Examination.Of(item, [.. Enumerable.Range(0, 6).Select(Draw)], 400, Values.Budget);
        Finding pair = Assert.Single(found.Pairs);
        // 48 elements are in both tensors, six times.
        Assert.Equal(("correlation of 0.weight and 1.weight", 288L, true), (pair.Detector, pair.Count, pair.Accused));
        Assert.Equal([pair.ToString()], found.Accusations);
        // The first 48 of each draw, as transforms of U(±1/√8), correlate as 12·E[(u − ½)²].
        double[] transforms = [.. Enumerable.Range(0, 6).SelectMany(seed => Draw(seed).Tensors["0.weight"].AsSpan<float>()[..48].ToArray())
            .Select(x => (x * Math.Sqrt(8) + 1) / 2 - 0.5)];
        Assert.Equal(12 * transforms.Average(u => u * u), pair.Statistic, 1e-6);

        Drawn Draw(int seed)
        {
            Drawn drawn = new(item.Plan.Materialize(seed), []);
            drawn.Tensors["0.weight"].AsSpan<float>()[..48].CopyTo(drawn.Tensors["1.weight"].AsSpan<float>());
            return drawn;
        }
    }

    // With n = 50, the first tensor's second draw is cut: one draw is compared. With n = 5 none is whole: the first five are.
    [Theory]
    [InlineData(128, 16)]
    [InlineData(127, 8)]
    [InlineData(64, 8)]
    [InlineData(50, 8)]
    [InlineData(5, 5)]
    public void Whole_draws_are_compared(long n, long count)
    {
        DistributionCase item = new("Linear(8, 8)");
        Examination found = Examination.Of(item, [new(item.Plan.Materialize(0), []), new(item.Plan.Materialize(1), [])], n, Values.Budget);
        Assert.Equal(count, Assert.Single(found.Pairs).Count);
        Assert.False(found.Pairs[0].Accused);
    }

    [Fact]
    public void Violations_of_16_draws_are_said_once()
    {
        DistributionCase item = new("init.eye_((3, 3))");
        string tensor = item.Plan.Tensors[0].Name;
        Drawn wrong = new(item.Plan.Materialize(0), []);
        wrong.Tensors[tensor].AsSpan<float>()[1] = 2;
        Drawn right = new(item.Plan.Materialize(0), []);
        string violation = $"{tensor} has 2 at element 1; there must be 0";
        Assert.Equal([violation], Examination.Of(item, [wrong, right, wrong], 9, Values.Budget).Violations);
        Assert.Contains(violation, Examination.Of(item, [wrong], 9, Values.Budget).Accusations);
        Assert.Equal([violation], Examination.Of(item, [.. Enumerable.Repeat(right, 15), wrong], 9, Values.Budget).Violations);
        Assert.Empty(Examination.Of(item, [.. Enumerable.Repeat(right, 16), wrong], 9, Values.Budget).Violations);
    }

    [Fact]
    public void An_accusation_names_its_region()
    {
        DistributionCase item = new("init.uniform_((8, 8))");
        Examination found = Examination.Of(item, [new(InitPlan.Of("init.ones_((8, 8))").Materialize(0), [])], 64, Values.Budget);
        Assert.Contains(found.Accusations, accusation => accusation.StartsWith($"{item.Regions[0]}: mean: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tensor_that_is_missing_has_no_pair()
    {
        DistributionCase item = new("Linear(8, 8)");
        StateDict weight = new() { { "weight", item.Plan.Materialize(0)["weight"] } };
        StateDict bias = new() { { "bias", item.Plan.Materialize(0)["bias"] } };
        Assert.Empty(Examination.Of(item, [new(weight, [])], 64, Values.Budget).Pairs);
        Assert.Empty(Examination.Of(item, [new(bias, [])], 64, Values.Budget).Pairs);
    }
}
