using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.ParityTests.Oracle;

/// <summary>libtorch 2.10's own kernels, in this process, where the NuGet package is.</summary>
public class LibtorchOracleTests
{
    static LibtorchOracle Oracle()
    {
        try
        {
            return new();
        }
        catch (OracleUnavailableException error)
        {
            Assert.Skip(error.Message);
            throw;
        }
    }

    [Fact]
    public void Its_fills_are_those_of_profile_2_10()
    {
        using LibtorchOracle oracle = Oracle();
        Assert.Equal(new Version(2, 10), Version.Parse(LiveProfile.Of(oracle.Info).Version.ToString()));
        ParitySection section = ParitySection.Kernels(oracle, CaseTable.Groups.Where(row => row.Name is "Fills" or "torch.nn.init"));
        Assert.Empty(section.Failures.Select(failure => $"{failure.Case}: {failure.Detail}"));
        Assert.True(section.Total.Count(Outcome.SameBits) > 1000, $"{section.Total.Count(Outcome.SameBits)} cases");
        // What it has not got is counted, and is no gap.
        Assert.True(section.Total.Count(Outcome.NotAsked) > 0);
        Assert.Empty(section.NotAsked);
        Assert.Equal(section.Total.Cases, section.Total.Count(Outcome.SameBits) + section.Total.Count(Outcome.NotAsked));
    }

    [Fact]
    public void It_goes_on_where_a_generator_stands()
    {
        using LibtorchOracle oracle = Oracle();
        Generator generator = new(seed: 5, LiveProfile.Of(oracle.Info));
        InitPlan.Of("normal_((3,))", generator.Profile).Materialize(generator);      // an odd number of normals: one is cached
        OracleReply reply = oracle.Run(new() { CallJson = TorchExpression.Parse("normal_((5,))").ToJson(), State = generator.GetState() });
        StateDict ours = InitPlan.Of("normal_((5,))", generator.Profile).Materialize(generator);
        Assert.Equal(ours.Values.Single().Bytes(0, 5).ToArray(), Assert.Single(reply.Tensors).Data);
        Assert.Equal(generator.GetState(), reply.State);
    }

    [Theory]
    [InlineData("""{"call":"Linear","args":[3,4]}""", "0", "no Linear")]
    [InlineData("""{"call":"uniform_","args":[{"tuple":[3]}]}""", "18446744073709551616", "seed")]
    [InlineData("""{"call":"uniform_","args":["x"]}""", "0", "known form")]
    [InlineData("""{"call":"uniform_","args":[{"tuple":["x"]}]}""", "0", "known form")]
    [InlineData("""{"call":7}""", "0", "known form")]
    [InlineData("""{"call":"randperm","args":[-1]}""", "0", "randperm")]
    public void What_it_does_not_answer_is_refused(string call, string seed, string why)
    {
        using LibtorchOracle oracle = Oracle();
        OracleReply reply = oracle.Run(new() { CallJson = call, Seed = seed });
        Assert.Equal(OracleError.Refused, reply.Error?.Kind);
        Assert.Contains(why, reply.Error!.Message, StringComparison.Ordinal);
        OracleRequest broken = new() { CallJson = """{"call":"uniform_","args":[{"tuple":[3]}]}""", State = new byte[5056] };
        Assert.Equal(OracleError.Refused, oracle.Run(broken).Error?.Kind);
    }
}
