using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Tests.Parity;

/// <summary>Only what torch defines is compared. Which these are was seen in torch 1.13.1 and 2.6.0, whose torch.empty was made to return
/// other memory.</summary>
public class UndefinedElementsTests
{
    // Up to 2.11; from 2.12 on such a bias is drawn, with bound 0.
    static readonly TorchProfile s_profile = TorchProfile.For("2.6");

    [Theory]
    [InlineData("Conv2d(0, 4, 3)", "bias:4")]
    [InlineData("Conv1d(0, 4, 3)", "bias:4")]
    [InlineData("Conv3d(0, 4, 3)", "bias:4")]
    [InlineData("Conv2d(3, 4, 0)", "bias:4")]
    [InlineData("ConvTranspose2d(3, 4, 0)", "bias:4")]
    [InlineData("ConvTranspose2d(0, 4, 3)", "")]
    [InlineData("Conv2d(0, 4, 3, bias=False)", "")]
    [InlineData("Sequential(Conv2d(0, 4, 3), Conv2d(4, 2, 1))", "0.bias:4")]
    [InlineData("utils.weight_norm(Conv2d(0, 4, 3), name='bias')", "bias_g:4 bias_v:4")]
    [InlineData("utils.spectral_norm(Conv2d(0, 4, 3), name='bias')", "bias_orig:4")]
    [InlineData("parametrizations.spectral_norm(Conv2d(0, 4, 3), name='bias')", "parametrizations.bias.original:4")]
    [InlineData("Linear(0, 3)", "")]
    [InlineData("Bilinear(3, 0, 4)", "")]
    [InlineData("RNN(0, 4)", "")]
    [InlineData("LSTMCell(0, 4)", "")]
    [InlineData("MultiheadAttention(8, 2, kdim=0, vdim=3, add_bias_kv=True)", "")]
    [InlineData("TransformerEncoderLayer(8, 2, 0)", "")]
    [InlineData("Transformer(8, 2, 2, 1, 16)", "")]
    public void They_are_those_that_no_step_writes(string expression, string named)
        => Assert.Equal(named,
            string.Join(' ', UndefinedElements.Of(InitPlan.Of(expression, s_profile))
            .Select(tensor => $"{tensor.Key}:{tensor.Value.Count(element => element)}")));

    [Fact]
    public void A_torch_that_draws_them_defines_them()
        => Assert.Empty(UndefinedElements.Of(InitPlan.Of("Conv2d(0, 4, 3)", TorchProfile.For("2.12"))));

    [Fact]
    public void A_view_that_is_left_out_is_undefined_and_so_is_what_is_copied_from_it()
    {
        TorchProfile profile = TorchProfile.Default;
        InitPlan plan = new("half", profile, [new("a", [6]), new("b", [6])],
            [new UniformStep(new("a", 2, [2], [2]), 0, 1), new CopyStep("b", "a")]);
        IReadOnlyDictionary<string, bool[]> undefined = UndefinedElements.Of(plan);
        Assert.Equal([true, true, false, true, false, true], undefined["a"]);
        Assert.Equal(undefined["a"], undefined["b"]);
        InitPlan written = new("whole", profile, plan.Tensors, [.. plan.Steps, new FillStep("a", 1)]);
        Assert.Equal(["b"], UndefinedElements.Of(written).Keys);
    }

    [Fact]
    public void No_case_of_the_table_has_any()
    {
        // Their hashes could not be recorded.
        Assert.DoesNotContain(CaseTable.Groups.SelectMany(row => row.Expressions).SelectMany(expression => expression.Split("; "))
            .Distinct(), HasAny);

        static bool HasAny(string call)
        {
            try { return UndefinedElements.Of(InitPlan.Of(call, s_profile)).Count > 0; }
            catch (Exception error) when (error is ArgumentException or NotInThisTorchException) { return false; }
        }
    }

    static StandInTorch Torch(Action<OracleReply> change) => new((reply, _) =>
    {
        change(reply);
        return reply;
    })
    {
        Info = new StandInTorch().Info with { TorchVersion = "2.6.0", PackageVersion = "2.6.0" },
        Spelling = { ["Conv2d(0, 4, 3)"] = "Conv2d(0, 4, 3)" }
    };

    [Fact]
    public void Other_memory_is_no_mismatch_and_is_counted()
    {
        StandInTorch torch = Torch(reply => reply.Tensors[1].Data.AsSpan().Fill(0xC3));
        CaseResult result = CaseRunner.Run(torch, LiveProfile.Of(torch.Info), new("Conv2d(0, 4, 3)"));
        Assert.Equal((Outcome.SameBits, 0L, 4L), (result.Outcome, result.Elements, result.Undefined));
        Assert.Equal(4, result.Tensors[1].Undefined);
        Tally tally = new("Conv2d");
        tally.Add(result);
        Assert.Equal(4, tally.Undefined);
        Assert.Equal("not compared: 4 elements that torch leaves undefined", ParityReport.UndefinedWords(tally.Undefined));
    }

    [Fact]
    public void The_generator_is_compared_there_too()
    {
        StandInTorch torch = Torch(reply => reply.State[100] ^= 1);
        Assert.Equal(Outcome.Mismatch, CaseRunner.Run(torch, LiveProfile.Of(torch.Info), new("Conv2d(0, 4, 3)")).Outcome);
    }
}
