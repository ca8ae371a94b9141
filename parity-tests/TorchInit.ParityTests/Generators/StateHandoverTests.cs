using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Generators;

/// <summary>One stream, drawn by turns: torch, C#, torch again. The same bits as torch alone, with a normal sample cached between
/// them.</summary>
public class StateHandoverTests(LiveTorch live)
{
    // Odd numbers of normals below 16 leave a sample in the generator; the next small fill takes it first.
    static readonly string[] s_turns = ["normal_((3,))", "Linear(7, 5)", "normal_((20,))", "Embedding(3, 1)", "uniform_((1000,))",
        "normal_((1,))", "randperm(10)", "LSTM(3, 4)", "normal_((5,), 0.3, 1.7)"];

    [Theory]
    [InlineData("", DType.Float32)]
    [InlineData("", DType.Float64)]
    [InlineData("", DType.Float16)]
    [InlineData("", DType.BFloat16)]
    [InlineData("default", DType.Float32)]
    [InlineData("default", DType.Float64)]
    public void By_turns_is_as_torch_alone(string capability, DType dtype)
    {
        WorkerOracle oracle = live.Oracle(capability);
        Generator generator = new(42, LiveProfile.Of(oracle.Info));
        byte[] alone = generator.GetState();
        byte[] shared = alone;
        bool cached = false;
        for (int turn = 0; turn < s_turns.Length; turn++)
        {
            OracleReply expected = Ask(oracle, s_turns[turn], dtype, alone);
            alone = expected.State;
            if (turn % 2 == 0) { shared = Ask(oracle, s_turns[turn], dtype, shared).State; }
            else
            {
                generator.SetState(shared);
                cached |= generator.HasCachedNormal;
                StateDict drawn = InitPlan.Of(s_turns[turn], generator.Profile).Materialize(generator, dtype);
                foreach (OracleTensor tensor in expected.Tensors)
                {
                    Assert.Equal(tensor.Data, drawn[tensor.Name].Bytes(0, drawn[tensor.Name].Count).ToArray());
                }
                shared = generator.GetState();
            }
            Assert.Equal(alone, shared);
        }
        Assert.True(cached, "No turn began with a cached sample: the test lost its point.");
    }

    [Fact]
    public void A_legacy_state_means_the_same_to_both()
    {
        WorkerOracle oracle = live.Oracle();
        Generator generator = new(7, LiveProfile.Of(oracle.Info));
        Init.Normal(new float[3].AsSpan(), generator);
        byte[] legacy = generator.GetState()[..5048];
        generator.SetState(legacy);
        OracleReply reply = Ask(oracle, "normal_((5,))", DType.Float64, legacy);
        StateDict drawn = InitPlan.Of("normal_((5,))", generator.Profile).Materialize(generator, DType.Float64);
        Assert.Equal(reply.Tensors[0].Data, drawn[""].Bytes(0, 5).ToArray());
        Assert.Equal(reply.State, generator.GetState());
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(8, 231)]
    [InlineData(12, 0)]
    [InlineData(17, 9)]
    public void Torch_refuses_a_damaged_state_too(int offset, byte value)
    {
        byte[] state = new Generator(7).GetState();
        state[offset] = value;
        if (offset == 8) { state[9] = value; }
        OracleError? theirs = live.Oracle().Run(new() { CallJson = """{"call":"Linear","args":[3,4]}""", State = state }).Error;
        TorchArgumentException ours = Assert.Throws<TorchArgumentException>(() => new Generator(0).SetState(state));
        Assert.Equal(theirs?.Kind, ours.TorchKind);
        Assert.Equal(theirs?.Message.Split('\n')[0], ours.TorchMessage);
    }

    [Fact]
    public void Torch_takes_any_seeded_flag_but_0()
    {
        byte[] state = new Generator(7).GetState();
        state[12] = 7;
        OracleReply reply = Ask(live.Oracle(), "Linear(3, 4)", DType.Float32, state);
        Generator generator = new(0, LiveProfile.Of(live.Oracle().Info));
        generator.SetState(state);
        InitPlan.Of("Linear(3, 4)", generator.Profile).Materialize(generator);
        Assert.Equal(reply.State, generator.GetState());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5055)]
    [InlineData(5057)]
    public void Torch_refuses_another_length_too(int length)
    {
        OracleError? theirs = live.Oracle().Run(new() { CallJson = """{"call":"Linear","args":[3,4]}""", State = new byte[length] }).Error;
        TorchArgumentException ours = Assert.Throws<TorchArgumentException>(() => new Generator(0).SetState(new byte[length]));
        Assert.Equal((theirs?.Kind, theirs?.Message.Split('\n')[0]), (ours.TorchKind, ours.TorchMessage));
    }

    static OracleReply Ask(WorkerOracle oracle, string expression, DType dtype, byte[] state)
    {
        OracleReply reply = oracle.Run(new()
        {
            CallJson = TorchExpression.Parse(expression).ToJson(),
            DType = dtype.TorchName(),
            State = state
        });
        Assert.Null(reply.Error);
        return reply;
    }
}
