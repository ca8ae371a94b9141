using TorchInit.Parity;

namespace TorchInit.Tests.Calls;

public class EveryClassTests
{
    public static TheoryData<string> All => [.. ClassCalls.All];

    [Theory, MemberData(nameof(All))]
    public void Every_class_of_torch_has_a_plan(string expression)
    {
        InitPlan plan = InitPlan.Of($"nn.{expression}", TorchProfile.For("2.6"));
        Assert.NotNull(plan.Materialize(seed: 0));
    }

    [Fact]
    public void The_list_has_all_but_Module_and_those_of_bare_parameters()
        => Assert.Equal(159, ClassCalls.All.Select(call => call.Split('(')[0]).Distinct().Count());

    [Theory]
    [InlineData("FractionalMaxPool2d(3)", "ValueError",
        "FractionalMaxPool2d requires specifying either an output size, or a pooling ratio")]
    [InlineData("FractionalMaxPool2d(3, 2, 0.5)", "ValueError", "only one of output_size and output_ratio may be specified")]
    [InlineData("FractionalMaxPool3d(3, output_ratio=(0.5, 1.5, 0.5))", "ValueError",
        "output_ratio must be between 0 and 1 (got (0.5, 1.5, 0.5))")]
    [InlineData("MultiMarginLoss(3)", "ValueError", "only p == 1 and p == 2 supported")]
    [InlineData("MultiMarginLoss(weight=ones(2, 2))", "ValueError",
        "MultiMarginLoss: expected weight to be None or 1D tensor, got 2D instead")]
    [InlineData("TripletMarginLoss(margin=0)", "ValueError", "TripletMarginLoss: expected margin to be greater than 0, got 0 instead")]
    [InlineData("BCELoss(3)", "TypeError", "cannot assign 'int' object to buffer 'weight' (torch Tensor or None required)")]
    [InlineData("RNNBase('X', 2, 3)", "ValueError", "Unrecognized RNN mode: X")]
    [InlineData("L1Loss(1, 2, 3, 4)", "TypeError", "L1Loss.__init__() takes from 1 to 4 positional arguments but 5 were given")]
    public void Arguments_are_refused_as_torch_refuses_them(string expression, string kind, string message)
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => InitPlan.Of(expression, TorchProfile.For("2.6")));
        Assert.Equal((kind, message), (error.TorchKind, error.TorchMessage));
    }

    [Theory]
    [InlineData("ZeroPad1d(1)", "2.1")]
    [InlineData("CircularPad2d(1)", "2.1")]
    [InlineData("LPPool3d(2, 3)", "2.3")]
    public void Younger_classes_are_named_with_their_torch(string expression, string since)
        => Assert.Equal(since, Assert.Throws<NotInThisTorchException>(() => InitPlan.Of(expression, TorchProfile.For("2.0"))).Since);
}
