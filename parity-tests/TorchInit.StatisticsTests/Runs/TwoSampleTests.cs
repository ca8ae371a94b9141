using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Runs;

public class TwoSampleTests
{
    sealed class Seeds(double scale) : Initialiser
    {
        public List<ulong> Asked { get; } = [];

        public override string Name => "seeds";

        public override Drawn Draw(DrawRequest request)
        {
            Asked.Add(request.Seed);
            Drawn drawn = new PlanInitialiser().Draw(request);
            foreach (TensorBuffer tensor in drawn.Tensors.Values)
            {
                foreach (ref float element in tensor.AsSpan<float>()) { element = (float)(element * scale); }
            }
            return drawn;
        }
    }

    [Fact]
    public void Expressions_are_ones_that_torch_knows()
    {
        Assert.Equal(19, TwoSample.Expressions.Distinct().Count());
        Assert.All(TwoSample.Expressions, expression => Assert.NotEmpty(InitPlan.Of(expression).Tensors));
    }

    [Fact]
    public void Seeds_of_the_two_sides_are_not_the_same()
    {
        Seeds left = new(1), right = new(1);
        TwoSampleResult[] results = [.. TwoSample.Run(left, right, new("Linear(6, 5)"), 4, Values.Budget)];
        Assert.Equal([0UL, 1, 2, 3], left.Asked);
        Assert.Equal([1_000_003UL, 1_000_004, 1_000_005, 1_000_006], right.Asked);
        Assert.Equal(["weight", "bias"], results.Select(result => result.Tensor));
        Assert.All(results, result => Assert.False(result.Accused));
    }

    [Fact]
    public void Each_number_is_its_definition()
    {
        InitPlan plan = InitPlan.Of("init.uniform_((30,))");
        TwoSampleResult result = TwoSample.Run(new Seeds(1), new Seeds(0.5), new("init.uniform_((30,))"), 3, Values.Budget).Single();
        double[][] left = [.. Enumerable.Range(0, 3).Select(seed => Sorted(seed, 1))],
            right = [.. Enumerable.Range(0, 3).Select(seed => Sorted(1_000_003 + seed, 0.5))];
        double[] probabilities = [.. left.Zip(right,
            (a, b) => KolmogorovSmirnov.TwoSampleSurvival(KolmogorovSmirnov.Distance(a, b), 30, 30)).Order()];
        Assert.Equal((3, 30), (result.Seeds, result.Count));
        Assert.Equal(probabilities, result.Probabilities);
        // Only too many small p-values accuse: sup (Fₙ − F).
        Assert.Equal(Enumerable.Range(0, 3).Max(i => (i + 1) / 3.0 - probabilities[i]), result.Distance, 1e-12);
        Assert.Equal(Math.Sqrt(Math.Log(2 / 1e-8) / 6), result.Threshold, 1e-12);
        Assert.Equal(KolmogorovSmirnov.Distance([.. left.SelectMany(x => x).Order()], [.. right.SelectMany(x => x).Order()]),
            result.PooledDistance, 1e-12);
        Assert.Equal(2 * Math.Sqrt(Math.Log(4 / 1e-8) / 180), result.PooledThreshold, 1e-12);
        Assert.Equal(result.PooledThreshold + 2 * Math.Sqrt(Math.Log(4 / 1e-6) / 180), result.SmallestDifference, 1e-12);

        double[] Sorted(int seed, double scale)
            => [.. plan.Materialize(seed).Values.Single().AsSpan<float>().ToArray().Select(x => (double)(float)(x * scale)).Order()];
    }

    [Fact]
    public void A_law_of_half_the_width_is_accused()
        => Assert.True(TwoSample.Run(new Seeds(1), new Seeds(0.5), new("init.uniform_((128,), -1.0, 1.0)"), 6, Values.Budget)
            .Single().Accused);

    [Fact]
    public void Constants_copies_and_dependent_elements_are_left_out()
    {
        Assert.Empty(TwoSample.Run(new Seeds(1), new Seeds(1), new("LayerNorm(4)"), 2, Values.Budget));
        Assert.Empty(TwoSample.Run(new Seeds(1), new Seeds(1), new("init.orthogonal_((4, 4))"), 2, Values.Budget));
        Assert.DoesNotContain(TwoSample.Run(new Seeds(1), new Seeds(1), new("utils.weight_norm(Linear(4, 3, bias=False))"), 2,
            Values.Budget), result => result.Tensor == "weight_g");
        Assert.Equal(8,
            TwoSample.Run(new Seeds(1), new Seeds(1), new("Sequential(Linear(4, 3), Linear(4, 3), LSTM(2, 3))"), 2, Values.Budget).Count());
    }
}
