using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Plans;

/// <summary>Language models that draw as their families do: two seeds, and four of them in other default dtypes.</summary>
public sealed class ModelFamilyTests(LiveTorch live, RecordingPython recordings)
{
    static readonly string s_models = Path.Combine(AppContext.BaseDirectory, "model_families.py");

    [Theory]
    [InlineData("Gpt2()")]
    [InlineData("Gpt2(bias=False)")]
    [InlineData("Bert()")]
    [InlineData("Llama()")]
    [InlineData("Mixtral()")]
    [InlineData("Mamba()")]
    public void A_family_is_replayed(string model)
    {
        _ = live.Oracle();           // skips where there is no torch
        recordings.Ask($"{s_models}:{model}", "float32", [0, 1234]).Compare();
    }

    [Theory]
    [InlineData("Gpt2()", "float64")]
    [InlineData("Bert()", "float64")]
    [InlineData("Mixtral()", "float64")]
    [InlineData("Mamba()", "float64")]
    [InlineData("Gpt2()", "bfloat16")]
    [InlineData("Bert()", "bfloat16")]
    [InlineData("Llama()", "bfloat16")]
    [InlineData("Mamba()", "bfloat16")]
    public void Also_in_another_default_dtype(string model, string dtype)
    {
        _ = live.Oracle();
        recordings.Ask($"{s_models}:{model}", dtype, [7, 8]).Compare();
    }
}
