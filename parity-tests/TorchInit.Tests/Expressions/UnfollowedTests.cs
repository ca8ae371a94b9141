using TorchInit.Syntax;

namespace TorchInit.Tests.Expressions;

/// <summary>What torch has and what is not followed here is refused by its reason, not as a name that nobody knows.</summary>
public class UnfollowedTests
{
    [Theory]
    [InlineData("torch.matmul(torch.randn(2, 3), torch.randn(3, 2))", "matmul", "adds")]
    [InlineData("torch.randn(2, 3).sum()", "sum", "adds")]
    [InlineData("torch.randn(3).norm()", "norm", "adds")]
    [InlineData("torch.randn(2, 3).mean(0)", "mean", "adds")]
    [InlineData("torch.linalg.qr(torch.randn(3, 3))", "linalg.qr", "adds")]
    [InlineData("F.softmax(torch.randn(3), 0)", "softmax", "adds")]
    [InlineData("torch.randn(3).cumsum(0)", "cumsum", "adds")]
    [InlineData("torch.sort(torch.randn(3))", "sort", "depends on the values")]
    [InlineData("2 ** torch.rand(3)", "a number ** a tensor", "last bits")]
    [InlineData("torch.randn(3).argmax()", "argmax", "depends on the values")]
    [InlineData("np.random.randn(3)", "np.random.randn", "torch's generator")]
    public void A_function_is_refused_by_its_reason(string text, string name, string reason)
    {
        string said = Assert.Throws<NotFollowedException>(() => InitPlan.Of(text)).Message;
        Assert.StartsWith($"{name} is not followed: ", said, StringComparison.Ordinal);
        Assert.Contains(reason, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("torch.arange(0, 1, 0.1)")]
    [InlineData("torch.normal(torch.rand(3, 1), torch.rand(1, 4))")]
    [InlineData("nn.init.zeros_(torch.empty(4, 4)[1:3])")]
    public void What_torch_takes_is_not_said_to_be_refused_by_it(string text)
    {
        string said = Assert.Throws<NotFollowedException>(() => InitPlan.Of(text)).Message;
        Assert.Contains("is not followed", said, StringComparison.Ordinal);
        Assert.DoesNotContain("torch: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_torch_refuses_is_said_in_its_words()
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => InitPlan.Of("torch.arange(0, 10, 0)"));
        Assert.Equal(("RuntimeError", "step must be nonzero"), (error.TorchKind, error.TorchMessage));
    }

    [Fact]
    public void A_product_of_matrices_is_refused_where_it_stands()
    {
        const string text = "torch.randn(2, 3) @ torch.randn(3, 2)";
        TorchExpressionException error = Assert.Throws<TorchExpressionException>(() => TorchProgram.Parse(text));
        Assert.Contains("a product of matrices (@) is not followed", error.Message, StringComparison.Ordinal);
        Assert.Equal('@', text[error.Position]);
    }

    [Theory]
    [InlineData("complex64")]
    [InlineData("float8_e4m3fn")]
    [InlineData("float8_e5m2")]
    [InlineData("qint8")]
    public void A_dtype_that_is_not_drawn_is_known_as_one(string dtype)
        => Assert.Contains("dtypes that are drawn", Assert.ThrowsAny<TorchExpressionException>(
            () => TorchProgram.Parse($"torch.rand(2, dtype=torch.{dtype})")).Message, StringComparison.Ordinal);
}
