namespace TorchInit.Tests.Calls;

public class CallTests
{
    [Theory]
    [InlineData("RMSNorm(3)", "2.3", "2.4")]
    [InlineData("LayerNorm(3, bias=False)", "2.0", "2.1")]
    [InlineData("TransformerEncoderLayer(8, 2, bias=False)", "2.0", "2.1")]
    [InlineData("parametrizations.weight_norm(Linear(3, 4))", "2.0", "2.1")]
    [InlineData("BatchNorm2d(3, bias=False)", "2.11", "2.12")]
    [InlineData("GroupNorm(2, 4, bias=True)", "2.11", "2.12")]
    [InlineData("InstanceNorm1d(3, affine=True, bias=False)", "2.6", "2.12")]
    [InlineData("LinearCrossEntropyLoss(5, 7)", "2.12", "2.13")]
    public void What_came_later_is_refused_with_the_version_that_brought_it(string expression, string before, string since)
    {
        NotInThisTorchException error = Assert.Throws<NotInThisTorchException>(() => InitPlan.Of(expression, TorchProfile.For(before)));
        Assert.Equal(since, error.Since);
        Assert.Contains($"torch {before}", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(InitPlan.Of(expression, TorchProfile.For(since)).Tensors);
    }

    [Theory]
    [InlineData("RNN(3, 0)", "1.13", "proj_size has to be smaller than hidden_size")]
    [InlineData("RNN(3, 0)", "2.6", "hidden_size must be greater than zero")]
    [InlineData("LSTM(3, 4, 0)", "1.13", "list index out of range")]
    [InlineData("LSTM(3, 4, 0)", "2.6", "num_layers must be greater than zero")]
    [InlineData("MultiheadAttention(0, 1)", "2.6",
        "embed_dim and num_heads must be greater than 0, got embed_dim=0 and num_heads=1 instead")]
    [InlineData("Bilinear(0, 3, 4)", "1.13", "float division by zero")]
    [InlineData("Bilinear(0, 3, 4)", "2.11", "in1_features must be > 0, but got (in1_features=0)")]
    [InlineData("AdaptiveLogSoftmaxWithLoss(16, 20, [])", "2.6", "cutoffs should be a sequence of length larger than 0")]
    public void The_text_is_of_its_version(string expression, string version, string text)
        => Assert.Equal(text, Assert.Throws<TorchArgumentException>(() => InitPlan.Of(expression, TorchProfile.For(version))).TorchMessage);

    [Fact]
    public void The_nonlinearity_of_RNN_moved_into_the_positions_with_2_2()
    {
        Assert.Equal(["weight_ih_l0", "weight_hh_l0"], InitPlan.Of("RNN(3, 4, 1, 'relu', False)", TorchProfile.For("2.2"))
            .Materialize(0).Keys);
        Assert.Equal(["weight_ih_l0", "weight_hh_l0"], InitPlan.Of("RNN(3, 4, 1, False, nonlinearity='relu')", TorchProfile.For("2.1"))
            .Materialize(0).Keys);
        // Before, 'relu' was the bias, and true.
        Assert.Equal(["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"],
            InitPlan.Of("RNN(3, 4, 1, 'relu', False)", TorchProfile.For("2.1")).Materialize(0).Keys);
    }

    [Theory]
    [InlineData("Linear(3, 4, dtype='float64')", "allowed: None, torch.float32, torch.float64")]
    [InlineData("Linear(3, 4, device='cuda:h100')", "device")]
    [InlineData("Embedding(3, 4, _weight=Linear(3, 4))", "_weight")]
    [InlineData("Linear(3, 4)(2, 3)", "Lazy")]
    [InlineData("Sequential(LazyLinear(4))(2, 3)", "Lazy")]
    [InlineData("Liner(3, 4)", "'Liner'")]
    [InlineData("torch.load('x')", "'load'")]
    [InlineData("__import__('os')", "")]
    [InlineData("LinearCrossEntropyLoss(5, 7, weight=randperm(7))", "ones(num_classes)")]
    public void What_C_cannot_follow_is_refused_by_name(string expression, string named)
        => Assert.Contains(named, Assert.ThrowsAny<Exception>(() => InitPlan.Of(expression)).Message, StringComparison.Ordinal);

    [Fact]
    public void Arguments_that_draw_nothing_are_taken()
        => Assert.Equal(Modules.Conv2d(3, 8, 3).ToString(),
            InitPlan.Of("torch.nn.Conv2d(3, 8, 3, stride=(2, 1), padding='valid', dilation=2, padding_mode='circular', device='cpu')")
            .ToString());

    [Fact]
    public void A_lazy_class_has_no_tensors_before_its_first_input()
    {
        Assert.Empty(InitPlan.Of("LazyConv2d(8, 3)").Materialize(0));
        Assert.Equal(["num_batches_tracked"], InitPlan.Of("LazyInstanceNorm2d()").Materialize(0).Keys);
        Assert.Equal(Modules.Conv2d(5, 8, 3).ToString(), InitPlan.Of("LazyConv2d(8, 3)(1, 5, 9, 9)").ToString());
    }

    [Fact]
    public void A_transposed_tensor_is_filled_where_it_lies()
    {
        float[] memory = InitPlan.Of("uniform_((3, 5))").Materialize(7)[""].AsSpan<float>().ToArray();
        float[] view = InitPlan.Of("uniform_((3, 5).T)").Materialize(7)[""].AsSpan<float>().ToArray();
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 5; column++) { Assert.Equal(memory[row * 5 + column], view[column * 3 + row]); }
        }
    }

    [Fact]
    public void Every_module_function_has_its_expression()
    {
        string[] functions = [.. typeof(Modules).GetMethods().Where(method => method.IsStatic && method.ReturnType != typeof(void))
            .Select(method => method.Name).Distinct()];
        string[] renamed = ["Parameterless", "WeightNorm", "ParametrizedWeightNorm", "SpectralNorm", "ParametrizedSpectralNorm"];
        Assert.Empty(functions.Except(CallTable.Names).Except(renamed));
    }
}
