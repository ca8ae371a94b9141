using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Plans;

/// <summary>A sample of the library, recorded again with the torch at hand: the same steps, and torch's weights of a seed that the manifest
/// does not have.</summary>
public sealed class LibraryPlanTests(LiveTorch live, RecordingPython recordings)
{
    [Theory]
    [InlineData("squeezenet1_1", "weights=None")]
    [InlineData("mobilenet_v3_small", "weights=None")]
    [InlineData("googlenet", "weights=None, init_weights=True")]
    public void A_plan_of_the_library_is_what_this_torch_does(string name, string arguments)
    {
        _ = live.Oracle();           // skips where there is no torch
        Recording recording = recordings.Ask($"torchvision.models:{name}({arguments})", "float32", [-5]);
        InitPlan recorded = recording.Read(), kept = PlanLibrary.Load(name, recorded.Profile);
        Assert.Equal(recorded.Steps, kept.Steps);
        Assert.Equal(recorded.Tensors, kept.Tensors);
        TorchHash torch = Assert.Single(recording.Hashes);
        Assert.Equal((torch.Sha256, torch.State), Recording.Digest(kept, torch.Seed, DType.Float32));
    }
}
