using System.Runtime.InteropServices;
using TorchInit.Oracle;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Oracle;

/// <summary>The call that torchinit bench asks: fills that torch times itself.</summary>
public class TimedTests(LiveTorch live)
{
    [Theory, InlineData("false"), InlineData("true")]
    public void Each_sample_has_its_seconds_and_the_fills_are_drawn(string fresh)
    {
        OracleReply reply = Ask.Of(live.Oracle(),
            $$"""{"call":"timed","args":[[["uniform_",0,100,{"float":"-0.3"},{"float":"0.41"}],["normal_",20,80,{"float":"0"},{"float":"1"}]],2,3,{{fresh}}]}""");
        double[] seconds = MemoryMarshal.Cast<byte, double>(reply.Tensors[0].Data).ToArray();
        Assert.Equal(3, seconds.Length);
        Assert.All(seconds, taken => Assert.InRange(taken, 1e-9, 10));
        Generator generator = new(0, TorchProfile.For("1.13"));
        generator.Advance(6 * (100 + 80));
        Assert.Equal(reply.State, generator.GetState());
    }

    [Theory]
    [InlineData("""[["zero_",0,100]],1,1,false""")]
    [InlineData("""[["uniform_",-1,100]],1,1,false""")]
    [InlineData("""[["uniform_",0,100]],1,100000000,false""")]
    public void Other_requests_are_refused(string args)
        => Assert.Equal(OracleError.Refused, Ask.ErrorOf(live.Oracle(), $$"""{"call":"timed","args":[{{args}}]}""").Kind);

    /// <summary>Torch's side of the row that replays a recording.</summary>
    [Fact]
    public void A_model_of_torchvision_is_constructed_once_a_round()
    {
        OracleReply reply = Ask.Of(live.Oracle(), """{"call":"timed_model","args":["resnet50",1]}""");
        Assert.InRange(MemoryMarshal.Cast<byte, double>(reply.Tensors[0].Data)[0], 1e-3, 1e3);
        Generator generator = new(0, TorchProfile.For("1.13"));
        _ = PlanLibrary.Load("resnet50", generator.Profile).Materialize(generator);
        Assert.Equal(reply.State, generator.GetState());
    }

    [Theory]
    [InlineData(""" "list_models",1""")]
    [InlineData(""" "resnet50",0""")]
    [InlineData(""" "resnet50",100000000""")]
    [InlineData(""" ["resnet50"],1""")]
    public void Other_models_are_refused(string args)
        => Assert.Equal(OracleError.Refused, Ask.ErrorOf(live.Oracle(), $$"""{"call":"timed_model","args":[{{args}}]}""").Kind);
}
