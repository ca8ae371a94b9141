using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Plans;

/// <summary>Constructors that people write, each with a habit of its own: replayed to the bit, or refused by name.</summary>
public sealed class OddModelsTests(LiveTorch live, RecordingPython recordings)
{
    static readonly string s_models = Path.Combine(AppContext.BaseDirectory, "odd_models.py");
    static readonly string s_refused = Path.Combine(AppContext.BaseDirectory, "odd_refused.py");

    public static TheoryData<string> Replayed => ["FusedQkv", "ResidualScaled", "TiedAfterInit", "Reversed", "Loaded", "Permutations",
        "DoubleAllAlong", "DefaultGenerator", "Fourier", "BlockDiagonal", "LoRA", "Ema", "Experts", "Ragged", "frozen_batch_norm",
        "recurrent_scaled", "from_distributions", "diagonals", "slices", "channels_last", "Views"];

    [Theory, MemberData(nameof(Replayed))]
    public void Odd_and_ordinary_constructors_are_replayed(string name)
    {
        _ = live.Oracle();           // skips where there is no torch
        recordings.Ask($"{s_models}:{name}", "float32", [3, 12345]).Compare();
    }

    [Theory]
    [InlineData("from_distributions", "float64")]
    [InlineData("from_distributions", "bfloat16")]
    [InlineData("ResidualScaled", "bfloat16")]
    [InlineData("LoRA", "float16")]
    public void Also_in_another_default_dtype(string name, string dtype)
    {
        _ = live.Oracle();
        recordings.Ask($"{s_models}:{name}", dtype, [4]).Compare();
    }

    [Theory]
    [InlineData("cumulative", "positions cannot be replayed: aten.cumsum.default", "torch.rand(6).cumsum(0)")]
    [InlineData("in_order", "knots cannot be replayed: aten.sort.default", "no step of a plan does that")]
    [InlineData("centred", "weight cannot be replayed: aten.mean.dim", "weight.mean(1, keepdim=True)")]
    [InlineData("normalised_rows", "weight cannot be replayed: aten.", "nn.functional.normalize(torch.randn(3, 3), dim=1)")]
    [InlineData("orthogonal_parametrization", "cannot be replayed: aten.linalg_householder_product.default", "use torch.nn.init")]
    [InlineData("coin", "reads a drawn value", "if torch.rand(1) < .5:")]
    [InlineData("drawn_size", "reads a drawn value", "torch.randint(1, 4, (1,))")]
    [InlineData("gamma", "aten._standard_gamma.default draws", "torch.distributions.Gamma(2.0, 3.0)")]
    [InlineData("Forked", "the generator is set back", "with torch.random.fork_rng(devices=[]):")]
    [InlineData("Rewound", "the generator is set back", "torch.set_rng_state(state)")]
    [InlineData("own_generator", "with a generator of its own", "torch.randn(3, generator=generator)")]
    [InlineData("numpys_generator", "noise has other values than the recording", "a generator of numpy's own")]
    [InlineData("chosen", "Python's random is drawn from", "odd_refused.py:")]
    [InlineData("complex_spectrum", "spectrum is complex64", "allowed: float32, float64")]
    [InlineData("quantised", "codes is ", "allowed: float32, float64")]
    [InlineData("sparse_layout", "a tensor of layout torch.sparse_coo", "torch.randn(3, 3).to_sparse()")]
    [InlineData("no_module", "the call gives a value of type list", "allowed: a torch.nn.Module")]
    [InlineData("cumulativ", "has no cumulativ", "nearest: cumulative")]
    public void What_cannot_be_replayed_is_refused_by_name(string name, string cause, string line)
    {
        _ = live.Oracle();
        string? refused = recordings.Ask($"{s_refused}:{name}", "float32", [3]).Refused;
        Assert.NotNull(refused);
        Assert.Contains(cause, refused, StringComparison.Ordinal);
        Assert.Contains(line, refused, StringComparison.Ordinal);
    }
}
