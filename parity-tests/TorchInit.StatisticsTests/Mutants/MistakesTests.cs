using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Mutants;

/// <summary>Each mistake of rounding or order is the one that its label says.</summary>
public class MistakesTests
{
    [Fact]
    public void Ten_mistakes_with_complete_labels()
    {
        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"R{number}"), Mistakes.All.Select(mutant => mutant.Number));
        Assert.All(Mistakes.All.SelectMany(mutant => new[] { mutant.Name, mutant.Origin, mutant.Fault }), Assert.NotEmpty);
        Assert.All(Mistakes.All, mutant => Assert.NotEmpty(mutant.Expressions));
        Assert.All(Mistakes.All.SelectMany(mutant => mutant.Expressions), expression => Assert.NotEmpty(InitPlan.Of(expression).Tensors));
    }

    [Theory]
    // 1/√64 · √2.
    [InlineData("R4", "Linear(64, 4, bias=False)", "init.uniform_((4, 64), -0.1767766952966369, 0.1767766952966369)")]
    // √(2/32) = 0.25, squared.
    [InlineData("R5", "init.kaiming_normal_((4, 32))", "init.normal_((4, 32), 0.0, 0.0625)")]
    // √(2/(14 + 18)) = 0.25, cut at two of them.
    [InlineData("R6", "init.xavier_normal_((14, 18))", "init.trunc_normal_((14, 18), mean=0.0, std=0.25, a=-0.5, b=0.5)")]
    [InlineData("R7", "Linear(64, 4, bias=False)", "init.uniform_((4, 64), -0.5, 0.5)")]
    [InlineData("R8", "Linear(64, 4, bias=False)", "init.uniform_((4, 64), 0.0, 0.125)")]
    public void A_mistake_in_a_step_draws_another_step(string number, string expression, string drawn)
        => Exhibit.Near(Exhibit.Fill(drawn), Exhibit.Draw(number, expression).Tensors.Values.Single());

    [Fact]
    public void A_range_without_fusing_is_that_of_default_kernels()
    {
        const string Expression = "init.uniform_((64, 32), -0.3, 0.41)";
        TorchProfile profile = TorchProfile.For("2.1"), plain = TorchProfile.For("2.1", cpu: CpuCapability.Default);
        DrawRequest request = new(Expression, InitPlan.Of(Expression, profile), DType.Float32, Exhibit.Seed);
        TensorBuffer drawn = Exhibit.Of("R1").Draw(request).Tensors.Values.Single();
        Assert.True(Exhibit.SameBits(InitPlan.Of(Expression, plain).Materialize(Exhibit.Seed).Values.Single(), drawn));
        Assert.False(Exhibit.SameBits(request.Plan.Materialize(Exhibit.Seed).Values.Single(), drawn));
    }

    [Fact]
    public void The_bias_has_the_first_words()
    {
        StateDict drawn = Exhibit.Draw("R2", "Linear(4, 3)").Tensors;
        // Uniforms of ±1/√4 both: the stream is 3 values of the bias, then 12 of the weight.
        double[] stream = Exhibit.Fill("init.uniform_((15,), -0.5, 0.5)");
        Exhibit.Near(stream.AsSpan(0, 3), drawn["bias"]);
        Exhibit.Near(stream.AsSpan(3), drawn["weight"]);
    }

    [Fact]
    public void Casts_of_float64_draws_keep_the_shape_and_tell_no_state()
    {
        Drawn drawn = Exhibit.Draw("R3", "init.uniform_((4, 8))", DType.Float32);
        TensorBuffer tensor = drawn.Tensors.Values.Single();
        Assert.Equal([4L, 8], tensor.Shape.ToArray());
        Assert.Equal(Exhibit.Fill("init.uniform_((4, 8))").Select(value => (float)value), tensor.AsSpan<float>().ToArray());
        Assert.Empty(drawn.State);
    }

    [Fact]
    public void A_padding_row_has_values_of_its_own()
    {
        double[] right = Exhibit.Fill("Embedding(20, 32)");
        double[] weight = [.. Exhibit.Draw("R9", "Embedding(20, 32, padding_idx=3)").Tensors["weight"].AsSpan<double>()];
        Assert.Equal(right[..96], weight[..96]);
        Assert.Equal(right[128..], weight[128..]);
        Assert.DoesNotContain(weight[96..128], value => value == 0 || right.Contains(value));
        // N(0, 1): 32 values stray from it by 6 deviations at most.
        Assert.InRange(weight[96..128].Average(), -1.1, 1.1);
        Assert.InRange(weight[96..128].Average(value => value * value), 0.2, 2.5);
    }

    [Fact]
    public void The_second_half_of_each_16_is_the_first()
    {
        float[] right = [.. Exhibit.Right("init.normal_((5, 8))", DType.Float32).Values.Single().AsSpan<float>()];
        float[] drawn = [.. Exhibit.Draw("R10", "init.normal_((5, 8))", DType.Float32).Tensors.Values.Single().AsSpan<float>()];
        Assert.Equal(Enumerable.Range(0, 40).Select(i => right[i < 32 && i % 16 >= 8 ? i - 8 : i]), drawn);
        float[] two = [.. Exhibit.Draw("R10", "init.normal_((4, 8))", DType.Float32).Tensors.Values.Single().AsSpan<float>()];
        Assert.Equal(two[16..24], two[24..]);
    }
}
