namespace TorchInit.Tests.Plans;

/// <summary><c>x.to(dtype)</c> is x itself in a run of that dtype. Where one of the two is changed later, a copy would be wrong.</summary>
public class AliasTests
{
    [Theory]
    [InlineData("x = torch.rand(4)\ny = x.to(torch.float64)\ny.zero_()\nm = nn.ParameterDict({'x': x, 'y': y})")]
    [InlineData("x = torch.rand(4)\ny = x.to(torch.float64)\nx.zero_()\nm = nn.ParameterDict({'x': x, 'y': y})")]
    [InlineData("x = torch.rand(4)\ny = x.double()\nx[1:].fill_(2)\nm = nn.ParameterDict({'x': x, 'y': y})")]
    [InlineData("m = nn.Linear(2, 2)\nx = m.weight.to(torch.float64)\nx.zero_()")]
    public void A_conversion_that_converts_nothing_is_refused_if_one_side_is_changed(string text)
    {
        InitPlan plan = InitPlan.Of(text);
        NotFollowedException refusal = Assert.Throws<NotFollowedException>(() => plan.Materialize(1, DType.Float64));
        Assert.Contains("does not convert in a run of float64", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("allowed: clone() in its place", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(plan.Materialize(1, DType.Float32));
    }

    [Theory]
    [InlineData("x = torch.rand(4)\ny = x.to(torch.float64)\nm = nn.ParameterDict({'x': x, 'y': y})")]
    [InlineData("x = torch.rand(4)\ny = x.to(torch.float64).clone()\ny.zero_()\nm = nn.ParameterDict({'x': x, 'y': y})")]
    [InlineData("x = torch.rand(4)\ny = x.double() * 2\ny.zero_()\nm = nn.ParameterDict({'x': x, 'y': y})")]
    [InlineData("x = torch.rand(4)\ny = torch.rand(4).to(torch.float64)\ny.zero_()\nm = nn.ParameterDict({'x': x, 'y': y})")]
    public void Otherwise_a_copy_is_as_good(string text)
    {
        StateDict state = InitPlan.Of(text).Materialize(1, DType.Float64);
        Assert.Equal(2, state.Count);
        Assert.NotEqual(0, state["m.x"].AsSpan<double>()[0]);
        if (text.Contains("zero_", StringComparison.Ordinal)) { Assert.Equal(0, state["m.y"].AsSpan<double>()[0]); }
    }
}
