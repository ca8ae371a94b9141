namespace TorchInit.Tests.Expressions;

/// <summary>model.half() and its like: the corpus has what torch gives; here is what stays apart, and what is refused.</summary>
public class CastTextTests
{
    [Theory]
    [InlineData("nn.Linear(2, 3).half()", DType.Float16)]
    [InlineData("net = nn.Linear(2, 3).to('cpu', torch.float64)", DType.Float64)]
    [InlineData("net = nn.Linear(2, 3)\nnet.bfloat16()", DType.BFloat16)]
    [InlineData("net = nn.Linear(2, 3).double().to(dtype=torch.float16)", DType.Float16)]
    public void Every_tensor_has_the_dtype(string text, DType dtype)
        => Assert.All(InitPlan.Of(text).Materialize(0).Values, tensor => Assert.Equal(dtype, tensor.DType));

    [Fact]
    public void Integers_stay_what_they_are()
        => Assert.Equal(DType.Int64, InitPlan.Of("nn.BatchNorm1d(2).half()").Materialize(0)["num_batches_tracked"].DType);

    [Theory]
    [InlineData("net = nn.Linear(2, 3).to(torch.int64)", "only accepts floating point or complex dtypes")]
    [InlineData("net = nn.Linear(2, 3).to(torch.zeros(2))", "found a tensor")]
    [InlineData("net = nn.Linear(2, 3)\nnet.type(torch.float64)", ".type, which changes a module's integers as well")]
    [InlineData("net = nn.Linear(2, 3)\nw = net.weight.data\nnet.half()\nw.zero_()", "no variable with the data of a parameter")]
    public void What_torch_does_otherwise_is_refused(string text, string said)
        => Assert.Contains(said, Assert.Throws<TorchExpressionException>(() => InitPlan.Of(text)).Message, StringComparison.Ordinal);
}
