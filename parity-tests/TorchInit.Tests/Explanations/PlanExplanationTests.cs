using TorchInit.Parity;
using TorchInit.Tests.Cli;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Explanations;

/// <summary>What a plan does, in words: laws, places, regrets, and where two plans part.</summary>
[Collection(Sandbox.Name)]
public sealed class PlanExplanationTests
{
    [Fact]
    public void A_layer_has_laws_fans_and_places()
    {
        PlanExplanation linear = PlanExplanation.Of(InitPlan.Of("Linear(16, 4)"));
        Assert.Empty(linear.Warnings);
        Assert.Equal(68, linear.Words);
        Assert.Equal([("weight", 16L, 0L, 1), ("bias", null, (long?)64, 1)],
            linear.Tensors.Select(tensor => (tensor.Tensor, tensor.FanIn, tensor.Place, tensor.Draws)));
        Assert.Equal(0.25 / Math.Sqrt(3), linear.Tensors[0].Law!.StandardDeviation, 1e-6);
    }

    [Fact]
    public void What_people_regret_is_said()
    {
        PlanBuilder builder = new();
        builder.Parameter("never", 3, 4).Parameter("twice", 3, 4).Parameter("constant", 2, 2).Scratch("thrown away", 9);
        builder.Uniform("twice", 0, 1).Normal("twice", 0, 1).Fill("constant", 0.5).Normal("thrown away", 0, 1);
        PlanExplanation explained = PlanExplanation.Of(builder.Build("regrets"));
        Assert.Equal(2, explained.Tensors[1].Draws);
        Assert.Equal(12, explained.Tensors[1].Place);
        Assert.Equal(
        [
            "1 parameter has no step: zero here, in torch whatever memory held: never", "1 tensor is drawn more than once: twice",
            "2 of 3 draws are overwritten or thrown away, 57.1 % of the stream's words: 1 would do", "1 matrix is zero: never",
            "1 matrix is constant, so that all its units learn the same: constant",
        ], explained.Warnings.Select(warning => warning.Said));
    }

    [Fact]
    public void Layers_of_a_Transformer_are_copies_of_one_draw()
        => Assert.Contains(PlanExplanation.Of(InitPlan.Of("TransformerEncoder(TransformerEncoderLayer(8, 2, 16), 3)")).Warnings,
            warning => warning.Said.StartsWith("3 tensors are copies of one draw, and so equal: layers.0.", StringComparison.Ordinal));

    [Fact]
    public void Seventy_thousand_million_parameters_are_explained_without_one_being_made()
    {
        PlanBuilder builder = new();
        builder.Parameter("embedding", 128_256, 8192).Normal("embedding", 0, 0.02);
        for (int layer = 0; layer < 80; layer++)
        {
            foreach ((string name, long rows, long columns) in (ReadOnlySpan<(string, long, long)>)
                [("q", 8192, 8192), ("k", 1024, 8192), ("v", 1024, 8192), ("o", 8192, 8192), ("gate", 28_672, 8192), ("up", 28_672, 8192),
                    ("down", 8192, 28_672)])
            {
                builder.Parameter($"layer{layer}_{name}", rows, columns).Uniform($"layer{layer}_{name}", -0.01, 0.01)
                    .Normal($"layer{layer}_{name}", 0, 0.02);
            }
        }
        PlanExplanation explained = PlanExplanation.Of(builder.Build("llama"));
        Assert.Equal(561, explained.Tensors.Count);
        Assert.True(explained.Words > 135_000_000_000, $"{explained.Words}");
        Assert.StartsWith("560 tensors are drawn more than once", explained.Warnings[0].Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Linear(3, 4)", "Linear(3, 4)", 0, "Both plans have the same tensors and the same steps.")]
    [InlineData("Linear(3, 4)", "Linear(3, 5)", 1,
        "Tensor 1 is weight(4, 3) (Parameter) in the first plan, weight(5, 3) (Parameter) in the second.")]
    [InlineData("Linear(3, 4)", "Linear(3, 4, bias=False)", 1, "Tensor 2 is bias(4,) (Parameter) in the first plan, none in the second.")]
    [InlineData("Embedding(5, 3)", "Embedding(5, 3, padding_idx=1)", 1,
        "Step 2 is none in the first plan, fill_(weight[offset 3, sizes (3,)], 0.0) in the second.")]
    public void Where_two_plans_part_is_said(string first, string second, int expected, string said)
    {
        (int code, string printed, _) = CliTests.Run(() => { }, "plan", "diff", first, second);
        Assert.Equal(expected, code);
        Assert.Contains(said, printed, StringComparison.Ordinal);
    }

    /// <summary>A recording names its erf and LAPACK, which a Linear does not ask.</summary>
    [Theory]
    [InlineData("Linear(3, 4)", null)]
    [InlineData("init.trunc_normal_(torch.empty(3, 4))", "The plans follow different torches (erf glibc, and vendor; "
        + "lapack reference311, and vendor), which may draw trunc_normal_")]
    public void Torches_differ_only_where_a_step_asks_them(string expression, string? said)
    {
        TorchProfile wheel = TorchProfile.For("1.13");
        TorchProfile debian = wheel with { Erf = ErfImplementation.Glibc, Lapack = LapackImplementation.Reference311 };
        IReadOnlyList<string> found = PlanDifference.Between(InitPlan.Of(expression, debian), InitPlan.Of(expression, wheel));
        if (said is null) { Assert.Empty(found); }
        else { Assert.StartsWith(said, Assert.Single(found), StringComparison.Ordinal); }
    }

    /// <summary>A large model has hundreds of tensors.</summary>
    [Fact]
    public void The_command_shows_the_first_tensors_and_all_on_request()
    {
        const string plan = "ModuleList([Linear(2, 3) for i in range(30)])";
        (int code, string printed, _) = CliTests.Run(() => { }, "plan", "explain", plan);
        Assert.Equal(0, code);
        Assert.Contains("19.bias", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("20.weight", printed, StringComparison.Ordinal);
        Assert.Contains("… and 20 more tensors; --all shows them.", printed, StringComparison.Ordinal);
        (_, printed, _) = CliTests.Run(() => { }, "plan", "explain", plan, "--all");
        Assert.Contains("29.bias", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("--all", printed, StringComparison.Ordinal);
        Assert.Contains("29.bias", CliTests.Run(() => { }, "plan", "explain", plan, "--json").Printed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_shows_the_table_and_the_words()
    {
        (int code, string printed, _) = CliTests.Run(() => { }, "plan", "explain", "Linear(16, 4)");
        Assert.Equal(0, code);
        Assert.Contains(" uniform_(-0.25, 0.25) ", printed, StringComparison.Ordinal);
        Assert.Contains("32-bit words drawn in total: 68", printed, StringComparison.Ordinal);
    }
}
