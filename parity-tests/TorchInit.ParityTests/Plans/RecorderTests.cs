using TorchInit.Oracle;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Plans;

/// <summary>A model is recorded once in live torch; its plan gives torch's own weights, of seeds that were never recorded.</summary>
public sealed class RecorderTests(LiveTorch live, RecordingPython recordings)
{
    static readonly string s_models = Path.Combine(AppContext.BaseDirectory, "unprepared_models.py");

    public static TheoryData<string> Unprepared => ["Orthogonal", "Sparse", "Truncated", "Tied", "Permuted", "Scaled", "Listed",
        "Normalised", "Copied", "Forward"];

    /// <summary>The smallest of each family.</summary>
    public static TheoryData<string> Torchvision => ["resnet18()", "densenet121()", "inception_v3()", "googlenet()", "squeezenet1_1()",
        "shufflenet_v2_x0_5()", "mobilenet_v2()", "mobilenet_v3_small()", "mnasnet0_5()", "efficientnet_b0()", "regnet_y_400mf()",
        "convnext_tiny()", "swin_t()", "swin_v2_t()", "maxvit_t()"];

    [Theory, MemberData(nameof(Unprepared))]
    public void A_model_that_nobody_prepared_is_replayed(string name) => Compare($"{s_models}:{name}", "float32", 0, 7);

    [Theory]
    [InlineData("Tied", "float64")]
    [InlineData("Truncated", "bfloat16")]
    [InlineData("Listed", "bfloat16")]
    [InlineData("Scaled", "float64")]
    public void Also_in_another_default_dtype(string name, string dtype) => Compare($"{s_models}:{name}", dtype, 3);

    [Theory, MemberData(nameof(Torchvision))]
    public void A_model_of_torchvision_is_replayed(string call) => Compare($"torchvision.models:{call}", "float32", 1);

    [Theory]
    [InlineData("torch.nn:Linear(3, 4)", "Linear(3, 4)")]
    [InlineData("torch.nn:Embedding(7, 4, padding_idx=2)", "Embedding(7, 4, padding_idx=2)")]
    [InlineData("torch.nn:Conv2d(3, 8, 3, groups=1)", "Conv2d(3, 8, 3)")]
    [InlineData("torch.nn:LSTM(4, 6, 2, bidirectional=True)", "LSTM(4, 6, 2, bidirectional=True)")]
    [InlineData("torch.nn:BatchNorm2d(5)", "BatchNorm2d(5)")]
    [InlineData("torch.nn:MultiheadAttention(8, 2)", "MultiheadAttention(8, 2)")]
    public void A_recording_of_a_module_draws_as_the_librarys_own_plan(string model, string expression)
    {
        InitPlan recorded = PlanJson.Read(ModelRecorder.Record(Python(), model));
        InitPlan own = InitPlan.Of(expression, recorded.Profile);
        Assert.Equal(own.StateTensors, recorded.StateTensors);
        Assert.Equal(own.Steps.Where(Draws).Select(step => step.ToString()), recorded.Steps.Where(Draws).Select(step => step.ToString()));
        Assert.Equal(Digest(own, 5, DType.Float32), Digest(recorded, 5, DType.Float32));

        static bool Draws(InitStep step) => step is UniformStep or NormalStep;
    }

    [Theory]
    [InlineData("NumpyDrawn", "numpy's random is drawn from, called at ", "unprepared_models.py:")]
    [InlineData("PythonDrawn", "Python's random is drawn from, called at ", "unprepared_models.py:")]
    [InlineData("Deciding", "reads a drawn value", "if self.weight.sum() > 0:")]
    [InlineData("Unsupported", "weight cannot be replayed: ", "torch.fft.fft(torch.randn(4))")]
    [InlineData("OwnGenerator", "with a generator of its own", "torch.Generator().manual_seed(3)")]
    [InlineData("Missing", "has no Missing", "unprepared_models.py")]
    [InlineData("Tied(__import__('os'))", "is not a literal", "FILE.py:CALLABLE")]
    [InlineData("Tied if True else Tied", "is not a name", "Tied if True")]
    public void What_cannot_be_replayed_is_refused_with_its_cause_and_line(string name, string cause, string line)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => ModelRecorder.Record(Python(), $"{s_models}:{name}"));
        Assert.Contains(cause, refused.Message, StringComparison.Ordinal);
        Assert.Contains(line, refused.Message, StringComparison.Ordinal);
    }

    void Compare(string model, string dtype, params long[] seeds)
    {
        _ = Python();
        recordings.Ask(model, dtype, seeds).Compare();
    }

    static (string Weights, string State) Digest(InitPlan plan, long seed, DType dtype) => Recording.Digest(plan, seed, dtype);

    /// <summary>The Python of the live worker.</summary>
    PythonCandidate Python()
    {
        _ = live.Oracle();           // skips where there is no torch
        return PythonLocator.Locate();
    }
}
