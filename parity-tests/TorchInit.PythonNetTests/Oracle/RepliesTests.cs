using TorchInit.Oracle;
using TorchInit.Oracle.PythonNet;
using TorchInit.PythonNetTests.Support;

namespace TorchInit.PythonNetTests.Oracle;

/// <summary>The same torch_oracle.py, the same replies: in process and from a worker.</summary>
public class RepliesTests
{
    // Every 29th of the live suite's cases, or all of them with TORCHINIT_ALL_CASES=1.
    static string Step => Environment.GetEnvironmentVariable("TORCHINIT_ALL_CASES") == "1" ? "1" : "29";

    [Fact]
    public void One_hash_over_all_replies()
    {
        // Each in a fresh process: torch gives some warnings once a process.
        string worker = HostProcess.Lines("replies", ["worker", Step]), inProcess = HostProcess.Lines("replies", ["pythonnet", Step]);
        TestContext.Current.TestOutputHelper?.WriteLine(inProcess);
        Assert.Matches(@"^\d{3,} replies [0-9a-f]{64}$", worker);
        Assert.Equal(worker, inProcess);
    }

    [Theory]
    [InlineData("""{"call":"Linear","args":[3]}""", "float32")]
    [InlineData("""{"call":"os.system","args":["true"]}""", "float32")]
    [InlineData("""{"call":"Conv2d","args":[4,6,3],"kwargs":{"padding_mode":"other"}}""", "float64")]
    [InlineData("""{"call":"init.orthogonal_","args":[{"tuple":[3,5]}]}""", "float16")]
    [InlineData("""{"call":"Linear","args":[0,3]}""", "bfloat16")]
    [InlineData("""{"call":"LazyLinear","args":[4],"forward":[2,3]}""", "float32")]
    public void What_torch_refuses_and_what_it_warns_of_is_the_same(string call, string dtype)
    {
        using DigestingOracle worker = new(InProcess.Worker()), inProcess = new(new PythonNetOracle());
        OracleRequest request = new() { CallJson = call, DType = dtype, Seed = "3" };
        Assert.Equal(worker.Run(request).Error?.Kind, inProcess.Run(request).Error?.Kind);
        Assert.Equal(worker.Sha256(), inProcess.Sha256());
    }

    [Fact]
    public void The_info_is_the_same()
    {
        using WorkerOracle worker = InProcess.Worker();
        Assert.Equal(worker.Info, InProcess.Torch.Info);
    }

    [Theory, InlineData(0), InlineData(5048), InlineData(5057)]
    public void A_state_goes_in_as_bytes(int length)
    {
        InProcess.Require();
        using PythonNetOracle inProcess = new();
        byte[] state = length == 5048 ? new Generator(7).GetState()[..5048] : new byte[length];
        OracleReply reply = inProcess.Run(new() { CallJson = """{"call":"normal_","args":[{"tuple":[5]}]}""", State = state });
        if (length != 5048)
        {
            Assert.Equal("RuntimeError", reply.Error?.Kind);
            return;
        }
        Generator generator = new(0, InProcess.Profile);
        generator.SetState(state);
        StateDict drawn = InitPlan.Of("normal_((5,))", generator.Profile).Materialize(generator);
        Assert.Equal(drawn[""].Bytes(0, 5).ToArray(), reply.Tensors[0].Data);
        Assert.Equal(generator.GetState(), reply.State);
    }
}
