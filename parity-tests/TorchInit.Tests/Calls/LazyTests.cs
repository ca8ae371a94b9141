namespace TorchInit.Tests.Calls;

/// <summary>Lazy* classes as torch 1.13.1, 2.6.0 and 2.11.0 answered them.</summary>
public class LazyTests
{
    static readonly TorchProfile s_old = TorchProfile.For("1.13.1");
    static readonly TorchProfile s_new = TorchProfile.For("2.6");

    const string UnderDevelopment = "UserWarning: Lazy modules are a new feature under heavy development so changes to the API or"
        + " functionality can happen at any moment.";

    const string NotUsed = "UserWarning: input's size at dim=0 does not match num_features. You can silence this warning by not passing in"
        + " num_features, which is not used because affine=False";

    static string Tensors(InitPlan plan)
        => string.Join(' ', plan.StateTensors.Select(tensor => $"{tensor.Name}({string.Join(',', tensor.Shape)})"));

    /// <summary>With 0 features reset_parameters does nothing, where the eager class draws its bias.</summary>
    [Theory]
    [InlineData("LazyLinear(4)(2, 0)", "weight(4,0) bias(4)")]
    [InlineData("LazyLinear(4)(0,)", "weight(4,0) bias(4)")]
    [InlineData("LazyConvTranspose1d(4, 1)(2, 0, 5)", "weight(0,4,1) bias(4)")]
    [InlineData("LazyConvTranspose2d(6, 1, groups=2)(2, 0, 1, 0)", "weight(0,3,1,1) bias(6)")]
    [InlineData("LazyConv1d(6, kernel_size=(1,))(2, 0, 5)", "weight(6,0,1) bias(6)")]
    [InlineData("LazyLinear(0)(2, 3)", "weight(0,3) bias(0)")]
    [InlineData("LazyConv2d(0, 2)(1, 3, 4, 4)", "weight(0,3,2,2) bias(0)")]
    [InlineData("LazyBatchNorm1d(affine=False)(2, 0)", "running_mean(0) running_var(0) num_batches_tracked()")]
    public void A_size_of_0_draws_nothing(string expression, string tensors)
    {
        foreach (TorchProfile profile in (TorchProfile[])[s_old, s_new])
        {
            InitPlan plan = InitPlan.Of(expression, profile);
            Generator generator = new(5L, profile);
            byte[] before = generator.GetState();
            StateDict state = plan.Materialize(generator);
            Assert.Equal(tensors, Tensors(plan));
            Assert.Equal(before, generator.GetState());
            Assert.All(state.Values, tensor => Assert.True(tensor.DType == DType.Int64 || !tensor.AsSpan<float>().ContainsAnyExcept(0f)));
        }
    }

    /// <summary>What has a shape already: the counter of a norm that tracks statistics.</summary>
    [Theory]
    [InlineData("LazyBatchNorm1d()", "num_batches_tracked()")]
    [InlineData("LazyBatchNorm3d(affine=False)", "num_batches_tracked()")]
    [InlineData("LazyInstanceNorm2d()", "num_batches_tracked()")]
    [InlineData("LazyBatchNorm2d(track_running_stats=False)", "")]
    [InlineData("LazyInstanceNorm1d(track_running_stats=False)", "")]
    [InlineData("LazyConv2d(4, 3)", "")]
    [InlineData("Sequential(Linear(2, 3), LazyBatchNorm1d(), LazyLinear(3)(2, 5))",
        "0.weight(3,2) 0.bias(3) 1.num_batches_tracked() 2.weight(3,5) 2.bias(3)")]
    public void Without_an_input(string expression, string tensors) => Assert.Equal(tensors, Tensors(InitPlan.Of(expression, s_new)));

    /// <summary>Nobody checks out_channels; a transposed convolution rounds down.</summary>
    [Theory]
    [InlineData("LazyConvTranspose1d(4, 2, groups=3)(3, 3, 2)", "weight(3,1,2) bias(4)")]
    [InlineData("LazyConv1d(4, 2, groups=3)(3, 3, 2)", "weight(4,1,2) bias(4)")]
    [InlineData("LazyConv2d(4, 3)(3, 8, 8)", "weight(4,3,3,3) bias(4)")]
    [InlineData("LazyInstanceNorm2d()(3, 3, 8)", "weight(3) bias(3) running_mean(3) running_var(3) num_batches_tracked()")]
    [InlineData("LazyInstanceNorm3d()(6, 3, 1, 8)", "weight(3) bias(3) running_mean(3) running_var(3) num_batches_tracked()")]
    [InlineData("LazyBatchNorm1d()(2, 3)", "weight(3) bias(3) running_mean(3) running_var(3) num_batches_tracked()")]
    public void Shapes_of_a_first_input(string expression, string tensors)
        => Assert.Equal(tensors, Tensors(InitPlan.Of(expression, s_old)));

    [Theory]
    [InlineData("LazyConv3d(1, 1, groups=2)(5, 0, 3)", "RuntimeError",
        "Expected 4D (unbatched) or 5D (batched) input to LazyConv3d, but got input of size: torch.Size([5, 0, 3])")]
    [InlineData("LazyConv2d(4, 1, groups=2)(1, 3, 5, 5)", "ValueError", "in_channels must be divisible by groups")]
    [InlineData("LazyLinear(4)(())", "IndexError", "tuple index out of range")]
    [InlineData("LazyBatchNorm1d()(2,)", "IndexError", "tuple index out of range")]
    [InlineData("LazyInstanceNorm2d(affine=False, track_running_stats=False)(6,)", "ValueError", "expected 3D or 4D input (got 1D input)")]
    [InlineData("LazyInstanceNorm2d(affine=True)(3, 3, 6, 5, 5)", "ValueError", "expected 3D or 4D input (got 5D input)")]
    [InlineData("LazyBatchNorm3d()(6, 6, 6, 7)", "ValueError", "expected 5D input (got 4D input)")]
    [InlineData("LazyBatchNorm1d(track_running_stats=False)(1, 2)", "ValueError",
        "Expected more than 1 value per channel when training, got input size torch.Size([1, 2])")]
    [InlineData("LazyInstanceNorm1d(track_running_stats=False)(2, 2, 1)", "ValueError",
        "Expected more than 1 spatial element when training, got input size torch.Size([2, 2, 1])")]
    [InlineData("LazyBatchNorm3d(momentum=0.5)(3, 0, 5, 6, 7)", "IndexError",
        "select(): index 0 out of range for tensor of size [0] at dimension 0")]
    [InlineData("LazyInstanceNorm2d()(1, 0, 6, 6)", "IndexError", "select(): index 0 out of range for tensor of size [0] at dimension 0")]
    [InlineData("LazyInstanceNorm1d()(0, 5)", "ValueError", "expected input's size at dim=0 to match num_features (5), but got: 0.")]
    [InlineData("LazyInstanceNorm3d(affine=True)(6, 5, 5, 6)", "ValueError",
        "expected input's size at dim=0 to match num_features (5), but got: 6.")]
    public void Torch_refuses_an_input(string expression, string kind, string message)
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => InitPlan.Of(expression, s_new));
        Assert.Equal((kind, message), (error.TorchKind, error.TorchMessage));
    }

    /// <summary>Since 2.1 the check sees what failed later before, with the tensors made.</summary>
    [Fact]
    public void Unbatched_instance_norm_by_version()
    {
        Assert.Equal("weight(5) bias(5) running_mean(5) running_var(5) num_batches_tracked()",
            Tensors(InitPlan.Of("LazyInstanceNorm1d()(3, 5)", TorchProfile.For("2.0"))));
        Assert.Throws<TorchArgumentException>(() => InitPlan.Of("LazyInstanceNorm1d()(3, 5)", TorchProfile.For("2.1")));
    }

    /// <summary>Even in evaluation mode: the mean over no sample.</summary>
    [Fact]
    public void No_sample_leaves_NaN_statistics()
    {
        StateDict state = InitPlan.Of("LazyInstanceNorm2d(affine=False)(0, 2, 5, 4)", s_new).Materialize(0);
        Assert.All(state["running_mean"].AsSpan<float>().ToArray(), x => Assert.Equal(0xffc00000u, BitConverter.SingleToUInt32Bits(x)));
        Assert.All(state["running_var"].AsSpan<float>().ToArray(), x => Assert.Equal(0xffc00000u, BitConverter.SingleToUInt32Bits(x)));
    }

    /// <summary>The eager class has it, also where the first forward drew nothing; before the first forward it does nothing.</summary>
    [Fact]
    public void Reset_parameters()
    {
        InitPlan plan = InitPlan.Of("LazyLinear(4)(2, 3)", s_new);
        Generator generator = new(1L, s_new), other = new(1L, s_new);
        StateDict state = plan.Materialize(generator);
        plan.ResetParameters(state, generator);
        InitPlan eager = InitPlan.Of("Linear(3, 4)", s_new);
        StateDict expected = eager.Materialize(other);
        eager.ResetParameters(expected, other);
        AssertBits.Equal(expected["weight"].AsSpan<float>(), state["weight"].AsSpan<float>());
        Assert.Equal(other.GetState(), generator.GetState());
        Assert.Equal(4, InitPlan.Of("LazyLinear(4)(2, 0)", s_new).ResetSteps!.Sum(step => (int)InitPlan.Of("LazyLinear(4)(2, 0)",
            s_new)[step.Target.Tensor].Count));
        Assert.Empty(InitPlan.Of("LazyLinear(4)", s_new).ResetSteps!);
    }

    [Theory]
    [InlineData("LazyLinear(4)", "2.3",
        UnderDevelopment)]
    [InlineData("LazyConv1d(4, 3)(2, 0, 5)", "2.0",
        UnderDevelopment)]
    [InlineData("LazyLinear(4)(2, 0)", "2.4")]
    [InlineData("LazyLinear(0)(2, 3)", "2.6", "UserWarning: Initializing zero-element tensors is a no-op")]
    [InlineData("LazyConv3d(0, 1)(6, 1, 3, 4, 4)", "2.6", "UserWarning: Initializing zero-element tensors is a no-op")]
    [InlineData("LazyInstanceNorm1d(affine=False)(3, 5)", "2.6",
        NotUsed)]
    [InlineData("utils.weight_norm(Linear(3, 4))", "2.0")]
    [InlineData("utils.weight_norm(Linear(3, 4))", "2.3",
        "UserWarning: torch.nn.utils.weight_norm is deprecated in favor of torch.nn.utils.parametrizations.weight_norm.")]
    [InlineData("utils.weight_norm(Linear(3, 4))", "2.4",
        "FutureWarning: `torch.nn.utils.weight_norm` is deprecated in favor of `torch.nn.utils.parametrizations.weight_norm`.")]
    public void Warnings(string expression, string version, params string[] expected)
        => Assert.Equal(expected, HeardWarnings.Of(() => InitPlan.Of(expression, TorchProfile.For(version)))
            .Select(warning => $"{warning.Category}: {warning.Message}"));
}
