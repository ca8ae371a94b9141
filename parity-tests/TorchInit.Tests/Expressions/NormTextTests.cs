namespace TorchInit.Tests.Expressions;

/// <summary>weight_norm and spectral_norm change the module that they are given; the corpus has what torch gives.</summary>
public class NormTextTests
{
    [Theory]
    [InlineData("a = nn.Linear(2, 2)\nnet = nn.Sequential(a, nn.utils.weight_norm(a))",
        "0.bias 0.weight_g 0.weight_v 1.bias 1.weight_g 1.weight_v")]
    [InlineData("net = nn.utils.spectral_norm(nn.Linear(2, 2))\nnn.init.ones_(net.weight)", "bias weight_orig weight_u weight_v")]
    public void The_module_itself_has_the_new_names(string text, string names)
        => Assert.Equal(names, string.Join(' ', InitPlan.Of(text).StateTensors.Select(tensor => tensor.Name)));

    [Theory]
    [InlineData("net = nn.utils.spectral_norm(nn.Linear(2, 2))\nnet.weight = nn.Parameter(torch.zeros(2, 2))",
        "no new weight of a module after")]
    [InlineData("net = nn.utils.spectral_norm(nn.Linear(2, 2)).half()\nnet.weight.data.normal_()", "stays what it was")]
    [InlineData("import copy\nnet = copy.deepcopy(nn.utils.weight_norm(nn.Linear(2, 2)))", "whose copy is followed")]
    public void What_is_not_followed_is_refused(string text, string said)
        => Assert.Contains(said, Assert.Throws<TorchExpressionException>(() => InitPlan.Of(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_weight_that_weight_norm_computes_may_be_filled_and_not_read()
    {
        const string text = "net = nn.utils.weight_norm(nn.Linear(2, 2))\n";
        Assert.Equal(3, InitPlan.Of($"{text}net.weight.data.normal_()").StateTensors.Count());
        Assert.Contains("not followed where it is read", Assert.Throws<NotFollowedException>(
            () => InitPlan.Of($"{text}w = nn.Parameter(net.weight * 2)")).Message, StringComparison.Ordinal);
    }
}
