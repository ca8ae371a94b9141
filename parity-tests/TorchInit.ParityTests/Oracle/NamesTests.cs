using TorchInit.Oracle;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Oracle;

/// <summary>What may be asked, and that nothing else is.</summary>
public sealed class NamesTests(LiveTorch torch)
{
    /// <summary>Every class with starting weights, and the containers, as small as they come.</summary>
    public static TheoryData<string, string> Constructible { get; } = new()
    {
        { "Linear", "3,4" }, { "Bilinear", "3,4,5" }, { "NonDynamicallyQuantizableLinear", "3,4" }, { "LazyLinear", "4" },
        { "Conv1d", "4,6,3" }, { "Conv2d", "4,6,{\"tuple\":[3,5]}" }, { "Conv3d", "2,4,2" },
        { "ConvTranspose1d", "4,6,3" }, { "ConvTranspose2d", "4,6,3" }, { "ConvTranspose3d", "2,4,2" },
        { "LazyConv1d", "4,3" }, { "LazyConv2d", "4,3" }, { "LazyConv3d", "4,3" },
        { "LazyConvTranspose1d", "4,3" }, { "LazyConvTranspose2d", "4,3" }, { "LazyConvTranspose3d", "4,3" },
        { "BatchNorm1d", "3" }, { "BatchNorm2d", "3" }, { "BatchNorm3d", "3" }, { "SyncBatchNorm", "3" },
        { "LazyBatchNorm1d", "" }, { "LazyBatchNorm2d", "" }, { "LazyBatchNorm3d", "" },
        { "InstanceNorm1d", "3" }, { "InstanceNorm2d", "3" }, { "InstanceNorm3d", "3" },
        { "LazyInstanceNorm1d", "" }, { "LazyInstanceNorm2d", "" }, { "LazyInstanceNorm3d", "" },
        { "LayerNorm", "{\"tuple\":[2,3]}" }, { "RMSNorm", "3" }, { "GroupNorm", "2,4" },
        { "Embedding", "5,4" }, { "EmbeddingBag", "5,4" }, { "PReLU", "" },
        { "RNN", "3,4" }, { "LSTM", "3,4,2" }, { "GRU", "3,4" }, { "RNNCell", "3,4" }, { "LSTMCell", "3,4" }, { "GRUCell", "3,4" },
        { "MultiheadAttention", "8,2" }, { "TransformerEncoderLayer", "8,2,16" }, { "TransformerDecoderLayer", "8,2,16" },
        { "TransformerEncoder", "{\"call\":\"TransformerEncoderLayer\",\"args\":[8,2,16]},2" },
        { "TransformerDecoder", "{\"call\":\"TransformerDecoderLayer\",\"args\":[8,2,16]},2,{\"call\":\"LayerNorm\",\"args\":[8]}" },
        { "Transformer", "8,2,2,1,16" }, { "AdaptiveLogSoftmaxWithLoss", "16,20,[5,10]" }, { "LinearCrossEntropyLoss", "4,5" },
        { "utils.weight_norm", "{\"call\":\"Linear\",\"args\":[3,4]}" }, { "utils.spectral_norm", "{\"call\":\"Linear\",\"args\":[3,4]}" },
        { "parametrizations.weight_norm", "{\"call\":\"Linear\",\"args\":[3,4]}" },
        { "parametrizations.spectral_norm", "{\"call\":\"Linear\",\"args\":[3,4]}" },
        { "parametrizations.orthogonal", "{\"call\":\"Linear\",\"args\":[3,5]}" },
        { "Sequential", "{\"call\":\"Linear\",\"args\":[3,4]},{\"call\":\"ReLU\"}" }, { "ModuleList",
            "[{\"call\":\"Linear\",\"args\":[3,4]}]" },
    };

    [Theory, MemberData(nameof(Constructible))]
    public void A_module_can_be_asked_for(string name, string arguments)
    {
        OracleReply reply = torch.Oracle().Run(new() { CallJson = $$"""{"call":"{{name}}","args":[{{arguments}}]}""", Seed = "0" });
        if (reply.Error is { Kind: "AttributeError" } missing && missing.Message.EndsWith($" has no {name}", StringComparison.Ordinal))
        {
            Assert.Skip(missing.Message);
        }
        Assert.Null(reply.Error);
        bool none = name.StartsWith("Lazy", StringComparison.Ordinal) || name.StartsWith("InstanceNorm", StringComparison.Ordinal);
        // A lazy batch norm counts its batches before it has a size.
        Assert.Equal(none ? [] : reply.Tensors, reply.Tensors.Where(tensor => tensor.Name != "num_batches_tracked" || !none));
        Assert.True(none || reply.Tensors.Count > 0);
        Assert.Equal(5056, reply.State.Length);
    }

    [Theory]
    [InlineData("uniform_", ""), InlineData("normal_", ""), InlineData("constant_", ",1"), InlineData("ones_", ""),
        InlineData("zeros_", "")]
    [InlineData("eye_", ""), InlineData("xavier_uniform_", ""), InlineData("xavier_normal_", ""), InlineData("kaiming_uniform_", "")]
    [InlineData("kaiming_normal_", ""), InlineData("trunc_normal_", ""), InlineData("orthogonal_", ""),
        InlineData("sparse_", ",{\"float\":\"0.3\"}")]
    public void An_init_function_can_be_asked_for(string name, string more)
    {
        OracleReply reply = Ask.Of(torch.Oracle(), $$"""{"call":"init.{{name}}","args":[{"tuple":[3,5]}{{more}}]}""");
        Assert.Equal(60, Assert.Single(reply.Tensors).Data.Length);
        Assert.Equal(name == "zeros_", reply.Tensors[0].Data.All(value => value == 0));
    }

    [Theory]
    [InlineData("""{"call":"os.system","args":["true"]}""")]
    [InlineData("""{"call":"__class__"}""")]
    [InlineData("""{"call":"Linear.__init__","args":[3,4]}""")]
    [InlineData("""{"call":"torch.load","args":["x"]}""")]
    [InlineData("""{"call":"linear","args":[3,4]}""")]
    [InlineData("""{"call":"init._no_grad_uniform_","args":[{"tuple":[3]},0,1]}""")]
    [InlineData("""{"call":"Sequential","args":[{"call":"rand","args":[3]}]}""")]
    [InlineData("""{"call":"Sequential","args":[{"call":"uniform_","args":[{"tuple":[3]}]}]}""")]
    [InlineData("""{"call":"utils.weight_norm","args":[{"call":"Linear","args":[3,4]}],"kwargs":{"name":"__class__"}}""")]
    [InlineData("""{"call":"Linear","args":[3,4],"extra":1}""")]
    [InlineData("""{"call":"Linear","args":[3,4.5]}""")]
    [InlineData("""{"call":"Linear","args":[3,{"float":"four"}]}""")]
    [InlineData("""{"call":"Linear","args":[3,{"lambda":"x"}]}""")]
    [InlineData("""{"call":"Linear","args":[3,4],"kwargs":{"device":"meta"}}""")]
    [InlineData("""{"call":"uniform_","args":[3]}""")]
    [InlineData("""{"args":[3,4]}""")]
    public void What_is_no_allowed_call_is_refused(string call)
        => Assert.Equal(OracleError.Refused, Ask.ErrorOf(torch.Oracle(), call).Kind);

    [Theory]
    [InlineData("""{"call":"uniform_","args":[{"tuple":[1048576,1048576]}]}""")]
    [InlineData("""{"call":"uniform_","args":[{"tuple":[18446744073709551616,18446744073709551616]}]}""")]
    [InlineData("""{"call":"uniform_","args":[{"transpose":{"tuple":[65536,65536]}}]}""")]
    [InlineData("""{"call":"init.constant_","args":[{"call":"ones","args":[1000000000]},1]}""")]
    [InlineData("""{"call":"randperm","args":[1000000000]}""")]
    [InlineData("""{"call":"randperm","kwargs":{"n":1000000000}}""")]
    [InlineData("""{"call":"Linear","args":[1000000000000000000000,1]}""")]
    [InlineData("""{"call":"Linear","args":[100000,100000]}""")]
    [InlineData("""{"call":"LayerNorm","args":[{"tuple":[65536,65536]}]}""")]
    [InlineData("""{"call":"LazyLinear","args":[4],"forward":[65536,65536]}""")]
    public void What_would_not_fit_is_refused_before_memory_is_taken(string call)
        => Assert.Equal(OracleError.Refused, Ask.ErrorOf(torch.Oracle(), call).Kind);

    [Fact]
    public void Deep_nesting_is_refused()
    {
        string call = string.Concat(Enumerable.Repeat("""{"call":"Sequential","args":[""", 25)) + """{"call":"ReLU"}"""
            + string.Concat(Enumerable.Repeat("]}", 25));
        Ask.Of(torch.Oracle(), call);
        string deep = string.Concat(Enumerable.Repeat("""{"call":"Sequential","args":[""", 200)) + """{"call":"ReLU"}"""
            + string.Concat(Enumerable.Repeat("]}", 200));
        Assert.Throws<ArgumentException>(() => torch.Oracle().Run(new() { CallJson = deep, Seed = "0" }));
    }
}
