using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Cases;

/// <summary>What live torch refuses, C# refuses too: with the same class of exception and, where one is stated, the same text.</summary>
public class RefusalTests(LiveTorch live)
{
    [Theory]
    [InlineData("Transformer(8, 2, 1, 1, 16, custom_encoder=LazyConv1d(6, 3))")]
    [InlineData("Transformer(8, 2, 1, 1, 16, custom_decoder=LazyBatchNorm1d())")]
    [InlineData("Conv2d(3, 4, 3, groups=2)")]
    [InlineData("Conv2d(4, 3, 3, groups=2)")]
    [InlineData("Conv2d(4, 4, 3, groups=0)")]
    [InlineData("Conv2d(4, 4, 3, groups=-1)")]
    [InlineData("ConvTranspose2d(3, 4, 3, groups=2)")]
    [InlineData("ConvTranspose2d(4, 4, 3, padding_mode='reflect')")]
    [InlineData("Conv2d(3, 4, 3, padding='same', stride=2)")]
    [InlineData("Conv2d(3, 4, 3, padding='full')")]
    [InlineData("Conv2d(3, 4, 3, padding_mode='mirror')")]
    [InlineData("Conv2d(-3, 4, 3)")]
    [InlineData("Conv2d(3, 4, -1)")]
    [InlineData("GroupNorm(3, 4)")]
    [InlineData("GroupNorm(0, 4)")]
    [InlineData("Embedding(5, 4, padding_idx=5)")]
    [InlineData("Embedding(5, 4, padding_idx=-6)")]
    [InlineData("EmbeddingBag(5, 4, padding_idx=5)")]
    [InlineData("Embedding(0, 4, padding_idx=0)")]
    [InlineData("Embedding(-1, 4)")]
    [InlineData("MultiheadAttention(8, 3)")]
    [InlineData("MultiheadAttention(8, 0)")]
    [InlineData("TransformerEncoderLayer(8, 3)")]
    [InlineData("TransformerEncoderLayer(8, 2, activation='tanh')")]
    [InlineData("Transformer(8, 2, 1, 1, 16, activation='swish')")]
    [InlineData("RNN(3, 4, dropout=1.5)")]
    [InlineData("RNN(3, 4, dropout=-0.1)")]
    [InlineData("RNN(3, 4, dropout=True)")]
    [InlineData("LSTM(3, 4, proj_size=4)")]
    [InlineData("LSTM(3, 4, proj_size=5)")]
    [InlineData("LSTM(3, 4, proj_size=-1)")]
    [InlineData("GRU(3, 4, proj_size=2)")]
    [InlineData("RNN(3, 4, proj_size=2)")]
    [InlineData("RNN(3, 4, nonlinearity='selu')")]
    [InlineData("RNN(3, 0)")]
    [InlineData("LSTM(3, 4, 0)")]
    [InlineData("RNN(-1, 4)")]
    [InlineData("AdaptiveLogSoftmaxWithLoss(16, 20, [10, 5])")]
    [InlineData("AdaptiveLogSoftmaxWithLoss(16, 20, [5, 5])")]
    [InlineData("AdaptiveLogSoftmaxWithLoss(16, 20, [0, 5])")]
    [InlineData("AdaptiveLogSoftmaxWithLoss(16, 20, [5, 20])")]
    [InlineData("AdaptiveLogSoftmaxWithLoss(16, 20, [])")]
    [InlineData("Linear(-1, 3)")]
    [InlineData("Linear(3, -1)")]
    [InlineData("Linear(3)")]
    [InlineData("Linear(3, 4, True, bias=False)")]
    [InlineData("Linear(3, 4, True, None, None, 5)")]
    [InlineData("Linear(3, 4, biass=False)")]
    [InlineData("Linear(3.5, 4)")]
    [InlineData("Linear('3', 4)")]
    [InlineData("Linear(None, 4)")]
    [InlineData("Bilinear(0, 3, 4)")]
    [InlineData("Bilinear(-1, 3, 4)")]
    [InlineData("LayerNorm(-1)")]
    [InlineData("LayerNorm((2, -3))")]
    [InlineData("BatchNorm1d(-3)")]
    [InlineData("PReLU(-1)")]
    [InlineData("Sequential(3)")]
    [InlineData("ModuleList([3])")]
    [InlineData("utils.spectral_norm(Linear(3, 4), n_power_iterations=0)")]
    [InlineData("parametrizations.spectral_norm(Linear(3, 4), n_power_iterations=0)")]
    [InlineData("utils.weight_norm(Linear(3, 4), dim=2)")]
    [InlineData("utils.weight_norm(Linear(3, 4), name='nothing')")]
    [InlineData("utils.spectral_norm(Linear(3, 4), name='nothing')")]
    [InlineData("LazyLinear(4)(())")]
    [InlineData("LazyConv2d(8, 3)(3, 9)")]
    [InlineData("LazyConv2d(8, 3, groups=0)(1, 3, 9, 9)")]
    [InlineData("LazyConv2d(8, 3, groups=2)(1, 3, 9, 9)")]
    [InlineData("LazyBatchNorm2d()(2, 3, 4)")]
    [InlineData("LazyBatchNorm1d()(2,)")]
    [InlineData("uniform_((3,), 2, 1)")]
    [InlineData("uniform_((0,), 2, 1)")]
    [InlineData("uniform_((3,), nan, 1)")]
    [InlineData("uniform_((3,), 0, nan)")]
    [InlineData("uniform_((3,), inf, 1)")]
    [InlineData("uniform_((3,), 0, inf)")]
    [InlineData("uniform_((3,), -inf, 1)")]
    [InlineData("uniform_((3,), -3e38, 3e38)")]
    [InlineData("uniform_((3,), 0, 1e300)")]
    [InlineData("normal_((3,), 0, -1)")]
    [InlineData("normal_((0,), 0, -1)")]
    [InlineData("normal_((3,), 0, nan)")]
    [InlineData("init.xavier_uniform_((3,))")]
    [InlineData("init.xavier_uniform_(())")]
    [InlineData("init.xavier_uniform_((0, 0))")]
    [InlineData("init.xavier_normal_((0, 0))")]
    [InlineData("init.xavier_uniform_((3, 5), gain=-1)")]
    [InlineData("init.xavier_normal_((3, 5), gain=-1)")]
    [InlineData("init.xavier_uniform_((3, 5), gain=nan)")]
    [InlineData("init.kaiming_uniform_((3,))")]
    [InlineData("init.kaiming_normal_((3, 5), mode='fan_avg')")]
    [InlineData("init.kaiming_normal_((3, 5), nonlinearity='gelu')")]
    [InlineData("init.kaiming_normal_((3, 5), nonlinearity='ReLU')")]
    [InlineData("init.kaiming_uniform_((3, 5), a=True)")]
    [InlineData("init.kaiming_uniform_((3, 5), a='x')")]
    [InlineData("init.kaiming_uniform_((3, 5), a=nan)")]
    [InlineData("init.orthogonal_((3,))")]
    [InlineData("init.eye_((3,))")]
    [InlineData("init.eye_((3, 4, 5))")]
    [InlineData("init.sparse_((3,), 0.1)")]
    [InlineData("init.sparse_((3, 5), nan)")]
    [InlineData("init.sparse_((3, 5), inf)")]
    [InlineData("init.dirac_((3, 4))")]
    [InlineData("init.dirac_((3, 4, 5, 6, 7, 8))")]
    [InlineData("init.dirac_((3, 4, 5), groups=2)")]
    [InlineData("init.dirac_((4, 4, 5), groups=0)")]
    [InlineData("init.trunc_normal_((3, 5), a=2, b=1)")]
    [InlineData("init.trunc_normal_((3, 5), std=-1)")]
    [InlineData("init.trunc_normal_((3, 5), std=0)")]
    [InlineData("init.constant_((3,), 1e300)")]
    [InlineData("init.constant_((3,), -1e300)")]
    [InlineData("init.calculate_gain('gelu')")]
    [InlineData("init.calculate_gain('leaky_relu', True)")]
    [InlineData("init.calculate_gain('leaky_relu', 'x')")]
    [InlineData("init.normal_((-1,))")]
    [InlineData("init.uniform_((3,), 0.0, 1.0, 2.0)")]
    [InlineData("uniform_((3,), generator=2.0)")]
    [InlineData("randperm(3, generator=True)")]
    [InlineData("randperm(-1)")]
    [InlineData("randperm(2.5)")]
    public void Torch_refuses_it_too(string expression) => RefusedAlike(new(expression, DType.Float32, "3"));

    /// <summary>The argument came with 2.3: an older torch has none to refuse.</summary>
    [Theory]
    [InlineData("init.xavier_normal_((3, 5), generator='x')")]
    [InlineData("init.sparse_((3, 5), 0.1, generator=[1])")]
    public void Torch_refuses_what_came_later_too(string expression)
    {
        ParityCase item = new(expression, DType.Float32, "3");
        WorkerOracle oracle = live.Oracle();
        if (LiveProfile.Of(oracle.Info).Has(2, 3)) { RefusedAlike(item); }
        else { Assert.Equal(Outcome.AbsentInBoth, CaseRunner.Run(oracle, LiveProfile.Of(oracle.Info), item).Outcome); }
    }

    [Theory]
    [InlineData("init.orthogonal_((3, 5))", DType.Float16)]
    [InlineData("init.orthogonal_((30, 50))", DType.BFloat16)]
    [InlineData("init.trunc_normal_((3, 5))", DType.Float16)]
    [InlineData("init.constant_((3,), 70000.0)", DType.Float16)]
    [InlineData("uniform_((3,), -65504, 65504)", DType.Float16)]
    [InlineData("uniform_((3,), 0, 70000)", DType.Float16)]
    [InlineData("uniform_((3,), 0, 1e39)", DType.BFloat16)]
    [InlineData("uniform_((3,), -1e308, 1e308)", DType.Float64)]
    [InlineData("init.eye_((3, 3))", DType.BFloat16)]
    [InlineData("utils.spectral_norm(Linear(20, 30))", DType.Float16)]
    public void Torch_refuses_it_in_this_dtype(string expression, DType dtype)
    {
        // What a later torch takes is taken alike: then there is nothing to refuse.
        CaseResult result = CaseRunner.Run(live.Oracle(), LiveProfile.Of(live.Oracle().Info), new(expression, dtype, "3"));
        Assert.True(result.Passed, result.Detail);
        if (result.Outcome == Outcome.RefusedAlike) { RefusedAlike(new(expression, dtype, "3")); }
        else { Assert.NotEqual("1.13.1", live.Oracle().Info.Release); }
    }

    [Theory]
    [InlineData("init.kaiming_uniform_((3, 0), mode='fan_avg')")]
    [InlineData("init.kaiming_normal_((3, 5), mode='FAN_OUT')")]
    [InlineData("init.kaiming_uniform_((3, 5), a=True, nonlinearity='relu')")]
    [InlineData("init.kaiming_uniform_((3, 5), a=inf)")]
    [InlineData("init.xavier_uniform_((3, 0))")]
    [InlineData("init.orthogonal_((0, 3))")]
    [InlineData("init.orthogonal_((3, 0))")]
    [InlineData("init.eye_((0, 3))")]
    [InlineData("init.sparse_((3, 5), -0.5)")]
    [InlineData("init.sparse_((3, 5), 2.0)")]
    [InlineData("init.sparse_((0, 5), 0.5)")]
    [InlineData("init.sparse_((5, 0), 0.5)")]
    [InlineData("init.trunc_normal_((3, 5), a=1, b=1)")]
    [InlineData("init.trunc_normal_((0,))")]
    [InlineData("init.trunc_normal_((3, 5), mean=5)")]
    [InlineData("init.constant_((3,), nan)")]
    [InlineData("init.constant_((3,), inf)")]
    [InlineData("normal_((3,), nan, 1)")]
    [InlineData("normal_((3,), 0, inf)")]
    [InlineData("normal_((3,), inf, 1)")]
    [InlineData("init.dirac_((4, 4, 5), groups=-2)")]
    [InlineData("init.calculate_gain('relu', True)")]
    [InlineData("randperm(0)")]
    [InlineData("Linear(0, 0)")]
    [InlineData("TransformerEncoder(TransformerEncoderLayer(8, 2, 16), 0)")]
    [InlineData("TransformerEncoder(TransformerEncoderLayer(8, 2, 16), -1)")]
    [InlineData("MultiheadAttention(8, 2, kdim=0)")]
    [InlineData("LazyConv2d(8, 3)(3, 9, 9)")]
    [InlineData("LazyBatchNorm1d()(2, 3)")]
    public void Odd_but_allowed_is_allowed(string expression)
    {
        CaseResult result = CaseRunner.Run(live.Oracle(), LiveProfile.Of(live.Oracle().Info), new(expression, DType.Float32, "3"));
        Assert.True(result.Outcome == Outcome.SameBits, $"{result.Outcome}: {result.Detail}");
    }

    [Theory]
    [InlineData("18446744073709551616")]
    [InlineData("-9223372036854775809")]
    public void Torch_refuses_the_seed_too(string seed)
    {
        OracleError? theirs = live.Oracle().Run(new() { CallJson = """{"call":"Linear","args":[3,4]}""", Seed = seed }).Error;
        TorchArgumentException ours = Assert.Throws<TorchArgumentException>(() => Generator.ParseSeed(seed));
        Assert.Equal((theirs?.Kind, theirs?.Message.Split('\n')[0]), (ours.TorchKind, ours.TorchMessage));
    }

    void RefusedAlike(ParityCase item)
    {
        WorkerOracle oracle = live.Oracle();
        CaseResult result = CaseRunner.Run(oracle, LiveProfile.Of(oracle.Info), item);
        Assert.True(result.Outcome == Outcome.RefusedAlike, $"{result.Outcome}: {result.Detail}");
        OracleError theirs = item.Ask(oracle).Reply.Error!;
        TorchArgumentException ours = Assert.Throws<TorchArgumentException>(() => InitPlan.Of(item.Expression, LiveProfile.Of(oracle.Info))
            .Materialize(3, item.DType));
        Assert.Equal(theirs.Kind, ours.TorchKind);
        if (ours.TorchMessage is { } text) { Assert.Equal(FuzzText.Of(theirs.Message), FuzzText.Of(text)); }
    }
}
