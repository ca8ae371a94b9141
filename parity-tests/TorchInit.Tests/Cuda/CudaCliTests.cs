using TorchInit.Tests.Cli;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cuda;

/// <summary>--device and --default-device.</summary>
[Collection(Sandbox.Name)]
public sealed class CudaCliTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("cuda-").FullName;

    string Path(string name) => System.IO.Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static (int Code, string Printed) Run(params string[] arguments)
    {
        (int code, string printed, _) = CliTests.Run(() => { }, arguments);
        return (code, printed);
    }

    [Theory, InlineData("init"), InlineData("materialize")]
    public void Weights_of_a_GPU_are_written_and_judged(string verb)
    {
        Assert.Equal(0, Run(verb, "Linear(300, 900)", "--seed", "7", "--device", "cuda:h100", "-o", Path("weights.safetensors")).Code);
        StateDict expected = InitPlan.Of("Linear(300, 900)", CudaVector.Profile).Materialize(7);
        StateDict written = Safetensors.Load(Path("weights.safetensors"));
        AssertBits.Equal(expected["weight"].AsSpan<float>(), written["weight"].AsSpan<float>());
        Assert.Equal("torch 2.11 cuda:132x2048", Safetensors.LoadMetadata(Path("weights.safetensors"))["profile"]);
        (int code, string printed) = Run("verify", Path("weights.safetensors"), "--module", "Linear(300, 900)", "--device",
            "cuda:132x2048");
        Assert.Equal(0, code);
        Assert.Contains("from seed 7", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_device_makes_the_zeros()
    {
        foreach (string device in (string[])["cpu", "cuda"])
        {
            Assert.Equal(0, Run("init", "init.sparse_((40, 7), 0.25)", "--device", "cuda:t4", "--default-device", device, "-o",
                Path(device)).Code);
            TorchProfile profile = TorchProfile.Cuda("2.11", Gpu.T4) with { IsDefaultDevice = device == "cuda" };
            float[] expected = new float[40 * 7];
            Init.Sparse<float>(expected, [40, 7], new Generator(0L, profile), 0.25);
            AssertBits.Equal(expected, Safetensors.Load(Path(device)).Values.Single().AsSpan<float>());
        }
    }

    [Theory]
    [InlineData("multi_processor_count", "--device", "cuda:gtx1080")]
    [InlineData("device 'tpu' is unknown", "--device", "tpu")]
    [InlineData("--cpu does not apply to --device", "--device", "cuda:h100", "--cpu", "avx2")]
    [InlineData("--platform does not apply to --device", "--device", "cuda:h100", "--platform", "windows-x64")]
    [InlineData("'2.15' has no profile on a GPU", "--device", "cuda:h100", "--torch", "2.15")]
    [InlineData("--default-device needs --device cuda", "--default-device", "cuda")]
    public void What_does_not_fit_is_refused(string message, params string[] arguments)
    {
        (int code, string printed) = Run(["init", "Linear(3, 4)", "-o", Path("none"), .. arguments]);
        Assert.NotEqual(0, code);
        Assert.Contains(message, string.Join(' ', printed.Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Assert.False(File.Exists(Path("none")));
    }

    /// <summary>sparse_ without a default device: neither generator is taken for granted.</summary>
    [Fact]
    public void A_default_device_is_not_guessed()
    {
        (int code, string printed) = Run("init", "init.sparse_((40, 7), 0.25)", "--device", "cuda:t4", "-o", Path("none"));
        Assert.NotEqual(0, code);
        Assert.Contains("IsDefaultDevice", printed, StringComparison.Ordinal);
    }

    /// <summary>A plan of a GPU is not drawn for another.</summary>
    [Fact]
    public void A_plan_says_its_device()
    {
        File.WriteAllText(Path("plan.json"), PlanJson.Write(InitPlan.Of("Linear(3, 4)", CudaVector.Profile)));
        Assert.Equal(0, Run("materialize", Path("plan.json"), "--device", "cuda:h200", "-o", Path("weights.safetensors")).Code);
        Assert.Equal("torch 2.11 cuda:132x2048", Safetensors.LoadMetadata(Path("weights.safetensors"))["profile"]);
        (int code, string printed) = Run("materialize", Path("plan.json"), "--device", "cuda:t4", "-o", Path("none"));
        Assert.NotEqual(0, code);
        Assert.Contains("cuda:132x2048", printed, StringComparison.Ordinal);
    }
}
