namespace TorchInit.Tests.Readme;

/// <summary>Not of the sandbox's collection, so it is refused.</summary>
public class SandboxTests
{
    [Fact]
    public void A_test_that_runs_beside_others_is_refused()
    {
        bool ran = false;
        Exception refused = Assert.Throws<InvalidOperationException>(() => Sandbox.Run(() => ran = true));
        Assert.False(ran);
        Assert.Contains("needs [Collection(Sandbox.Name)]", refused.Message, StringComparison.Ordinal);
    }
}
