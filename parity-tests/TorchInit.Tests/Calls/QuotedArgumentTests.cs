namespace TorchInit.Tests.Calls;

/// <summary>torch's texts with arguments in them: a module is shown in a way that is not known here, so no text is given.</summary>
public class QuotedArgumentTests
{
    [Theory]
    [InlineData("TransformerDecoderLayer(0.0, Linear(2, 3))")]
    [InlineData("TransformerEncoderLayer(0, Linear(2, 3))")]
    [InlineData("MultiheadAttention(-1, ReLU())")]
    public void With_a_module_there_is_none(string expression)
        => Assert.Null(Assert.Throws<TorchArgumentException>(() => InitPlan.Of(expression, TorchProfile.For("2.6"))).TorchMessage);

    [Fact]
    public void With_numbers_there_is_torchs()
        => Assert.Equal("embed_dim and num_heads must be greater than 0, got embed_dim=0.0 and num_heads=-2 instead",
            Assert.Throws<TorchArgumentException>(() => InitPlan.Of("TransformerDecoderLayer(0.0, -2)", TorchProfile.For("2.6")))
                .TorchMessage);
}
