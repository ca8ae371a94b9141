using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Plans;

/// <summary>What constructors do: each kind is recorded once and replayed, to the bit, from seeds that were never recorded.</summary>
public sealed class RecorderModelsTests(LiveTorch live, RecordingPython recordings)
{
    static readonly string s_models = Path.Combine(AppContext.BaseDirectory, "recorder_models.py");
    static readonly string s_refused = Path.Combine(AppContext.BaseDirectory, "refused_models.py");

    public static TheoryData<string> Replayed => [
        "meta_then_empty", "meta_init_weights", "under_meta_device", "skipped", "lazy_called", "LazyThatDraws", "DoubleInside",
        "cast_down", "cast_half", "cast_up", "explicit_dtypes", "other_laws", "whole_numbers", "dropped_weights", "inverse_softplus",
        "own_trunc_normal", "broadcast", "powers", "broadcast_into", "masked", "masked_in_place", "triangles", "padded", "permuted",
        "own_sparse", "rows_of_lists", "moved", "eye_over_drawn", "TiedInEveryWay", "DeepCopies", "Dictionaries", "Norms",
        "FixedFrequencies"];

    [Theory, MemberData(nameof(Replayed))]
    public void What_a_constructor_does_is_replayed(string name)
    {
        _ = live.Oracle();           // skips where there is no torch
        recordings.Ask($"{s_models}:{name}", "float32", [3, 12345]).Compare();
    }

    [Theory]
    [InlineData("inverse_softplus")]
    [InlineData("broadcast")]
    [InlineData("powers")]
    [InlineData("masked")]
    [InlineData("moved")]
    [InlineData("own_trunc_normal")]
    public void Also_in_float64(string name)
    {
        _ = live.Oracle();
        recordings.Ask($"{s_models}:{name}", "float64", [4]).Compare();
    }

    [Theory]
    [InlineData("inverse_softplus")]
    [InlineData("broadcast")]
    [InlineData("masked")]
    [InlineData("padded")]
    [InlineData("permuted")]
    public void Also_in_bfloat16(string name)
    {
        _ = live.Oracle();
        recordings.Ask($"{s_models}:{name}", "bfloat16", [4]).Compare();
    }

    [Fact]
    public void A_first_call_makes_lazy_layers()
    {
        _ = live.Oracle();
        recordings.Ask($"{s_models}:Lazy", "float32", [3], "2,7").Compare();
    }

    [Theory]
    [InlineData("lazy_uncalled", "is a lazy tensor", "give --call with the shapes")]
    [InlineData("seeded_inside", "the generator is seeded", "torch.manual_seed(3)")]
    [InlineData("listed", "Tensor.tolist reads a drawn value", "torch.randperm(5).tolist()")]
    [InlineData("through_numpy", "Tensor.numpy reads a drawn value", "torch.randn(3).numpy()")]
    [InlineData("counting", "weight has other values than the recording, of another seed", "a counter")]
    [InlineData("masked_size", "an index by a drawn mask", "weight[weight > 0]")]
    [InlineData("statistics_moved", "statistics of drawn values", "call the model in eval()")]
    [InlineData("multiplied", "aten.mm.default of a drawn tensor", "torch.randn(3, 3) @ torch.randn(3, 3)")]
    [InlineData("swallowed", "reads a drawn value", "if weight.sum() > 0:")]
    public void What_cannot_be_replayed_is_refused(string name, string cause, string advice)
    {
        _ = live.Oracle();
        string? refused = recordings.Ask($"{s_refused}:{name}", "float32", [3]).Refused;
        Assert.NotNull(refused);
        Assert.Contains(cause, refused, StringComparison.Ordinal);
        Assert.Contains(advice, refused, StringComparison.Ordinal);
    }
}
