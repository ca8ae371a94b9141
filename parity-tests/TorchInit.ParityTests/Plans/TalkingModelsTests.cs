using TorchInit.Oracle;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Plans;

/// <summary>Standard output is the plan's alone, whatever the model's own code writes there; and where that code fails or ends the program,
/// the message is about it.</summary>
public sealed class TalkingModelsTests(LiveTorch live)
{
    static readonly string s_models = Path.Combine(AppContext.BaseDirectory, "talking_models.py");

    [Theory]
    [InlineData("printed")]
    [InlineData("written")]
    [InlineData("started")]
    public void A_model_that_writes_to_standard_output_is_recorded(string name)
    {
        InitPlan plan = PlanJson.Read(ModelRecorder.Record(Python(), $"{s_models}:{name}"));
        Assert.Equal(["weight", "bias"], plan.StateTensors.Select(tensor => tensor.Name));
        Assert.Single(ModelRecorder.Hashes(Python(), $"{s_models}:{name}", [3]).TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("ended", "cannot be constructed: it ends the program by sys.exit(0)\n  File ")]
    [InlineData("ended_at_once", "the model's own code ends Python with exit code 0")]
    [InlineData("failed", "cannot be constructed: ValueError: my own fault\n  File ")]
    [InlineData("not_called", "cannot be constructed: TypeError: not_called() missing 1 required positional argument")]
    public void A_model_whose_code_fails_or_ends_the_program_is_refused_with_its_own_lines(string name, string expected)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => ModelRecorder.Record(Python(), $"{s_models}:{name}"));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("record_init", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The Python of the live worker.</summary>
    PythonCandidate Python()
    {
        _ = live.Oracle();           // skips where there is no torch
        return PythonLocator.Locate();
    }
}
