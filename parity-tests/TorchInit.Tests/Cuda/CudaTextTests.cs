using TorchInit.Tests.Cli;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cuda;

/// <summary>A text that says device='cuda', and no --device beside it: every verb takes what all GPUs draw alike.</summary>
[Collection(Sandbox.Name)]
public sealed class CudaTextTests : IDisposable
{
    const string Text = "Linear(30, 40, device='cuda')";

    readonly string _folder = Directory.CreateTempSubdirectory("cuda-").FullName;

    string Weights => Path.Combine(_folder, "weights.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static (int Code, string Printed) Run(params string[] arguments) => CliTests.RunToOneLine(arguments);

    [Theory]
    [InlineData("init", Text, "Linear(30, 40, device='cuda')")]
    [InlineData("materialize", Text, "Linear(30, 40, device='cuda:0')")]
    [InlineData("init", "layer = Linear(30, 40, device='cuda')", "layer = Linear(30, 40, device='cuda')")]
    [InlineData("init", "Sequential(Linear(4, 3, device='cuda'), Linear(3, 2, device='cuda'))",
        "Sequential(Linear(4, 3, device='cuda'), Linear(3, 2, device='cuda'))")]
    public void Verify_takes_the_texts_device(string verb, string drawn, string judged)
    {
        Assert.Equal(0, Run(verb, drawn, "--seed", "7", "-o", Weights).Code);
        Assert.Equal("torch 2.11 cuda", Safetensors.LoadMetadata(Weights)["profile"]);
        (int code, string printed) = Run("verify", Weights, "--module", judged, "--seed", "7");
        Assert.Contains("CUDA, any GPU", printed, StringComparison.Ordinal);
        Assert.Equal(0, code);
        (code, printed) = Run("verify", Weights, "--module", judged);
        Assert.Contains("from seed 7", printed, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Fact]
    public void A_version_and_a_GPU_may_stand_beside_it()
    {
        Assert.Equal(0, Run("init", Text, "--seed", "7", "-o", Weights).Code);
        Assert.Equal(0, Run("verify", Weights, "--module", Text, "--seed", "7", "--torch", "2.9").Code);
        Assert.Equal(0, Run("verify", Weights, "--module", Text, "--seed", "7", "--device", "cuda:t4").Code);
        Assert.Equal(1, Run("verify", Weights, "--module", Text, "--seed", "8", "--device", "cuda:t4").Code);
    }

    [Theory]
    [InlineData("'2.15' has no profile on a GPU", Text, "--torch", "2.15")]
    [InlineData("names no device", "Sequential(Linear(4, 3, device='cuda'), Linear(3, 2))")]
    public void What_the_text_leaves_open_is_said(string said, params string[] arguments)
    {
        Assert.Equal(0, Run("init", "Linear(30, 40)", "--seed", "7", "-o", Weights).Code);
        (int code, string printed) = Run(["verify", Weights, "--module", .. arguments]);
        Assert.Contains(said, printed, StringComparison.Ordinal);
        Assert.Equal(4, code);
    }

    [Theory]
    [InlineData("--device is cpu, and the text itself draws on 'cuda'; allowed:", Text, "--device", "cpu", "--torch", "2.11")]
    [InlineData("--device is cpu, and the text itself draws on 'cuda'; allowed: --device cuda", Text, "--device", "cpu")]
    [InlineData("--device is cpu, and", "torch.empty(3).cuda().normal_()", "--device", "cpu")]
    [InlineData("--platform does not apply to device='cuda' in the text", Text, "--platform", "windows-x64")]
    [InlineData("--cpu does not apply to device='cuda' in the text", Text, "--cpu", "default")]
    [InlineData("--default-device needs --device cuda:…, or device='cuda' in the text", "Linear(3, 4)", "--default-device", "cuda")]
    public void An_option_is_honoured_or_refused(string said, params string[] arguments)
    {
        (int code, string printed) = Run(["init", .. arguments, "-o", Weights]);
        Assert.Contains(said, printed, StringComparison.Ordinal);
        Assert.NotEqual(0, code);
        Assert.False(File.Exists(Weights));
    }

    [Fact]
    public void The_default_device_goes_with_the_texts_device()
    {
        foreach (bool isDefault in (bool[])[true, false])
        {
            Assert.Equal(0, Run("init", "init.sparse_(torch.empty(40, 7, device='cuda'), 0.25)", "--default-device",
                isDefault ? "cuda" : "cpu", "-o", Weights).Code);
            float[] expected = new float[40 * 7];
            Init.Sparse<float>(expected, [40, 7], new Generator(0, TorchProfile.Cuda("2.11", Gpu.T4) with { IsDefaultDevice = isDefault }),
                0.25);
            AssertBits.Equal(expected, Safetensors.Load(Weights).Values.Single().AsSpan<float>());
        }
    }

    [Fact]
    public void The_GPUs_seed_is_the_texts()
    {
        const string seeded = "torch.manual_seed(5)\ntorch.cuda.manual_seed_all(3)\nx = torch.randn(3)";
        Assert.Contains("seed 5", Run("init", seeded).Printed, StringComparison.Ordinal);
        (int code, string printed) = Run("init", seeded, "--device", "cuda:h100", "-o", Weights);
        Assert.Contains("seed 3", printed, StringComparison.Ordinal);
        Assert.Equal(0, code);
        Assert.Equal(0, Run("verify", Weights, "--module", seeded, "--device", "cuda:h100").Code);
    }

    [Fact]
    public void Help_says_what_holds_on_a_GPU()
    {
        string help = Run("init", "--help").Printed;
        Assert.Contains("If a GPU draws, the default is 2.11.", help, StringComparison.Ordinal);
        Assert.Contains("on every GPU of 160 blocks or more", help, StringComparison.Ordinal);
        Assert.Equal(160, Gpu.T4.Blocks);
    }

    [Fact]
    public void A_fill_that_GPUs_draw_otherwise_asks_for_the_GPU()
    {
        Assert.Equal(0, Run("init", "Linear(300, 300)", "--seed", "7", "--device", "cuda:h100", "-o", Weights).Code);
        (int code, string printed) = Run("verify", Weights, "--module", "Linear(300, 300, device='cuda')", "--seed", "7");
        Assert.Contains("A fill of 90000 elements differs between GPUs; allowed without a GPU's name: up to 40960. Name it", printed,
            StringComparison.Ordinal);
        Assert.Equal(4, code);
        Assert.Equal(0, Run("verify", Weights, "--module", "Linear(300, 300, device='cuda')", "--seed", "7", "--device", "cuda:h100").Code);
    }

    [Fact]
    public void Printed_numbers_are_judged_too()
    {
        string printedFile = Path.Combine(_folder, "printed.txt");
        float[] values = new float[6];
        Init.Normal<float>(values, new Generator(3, TorchProfile.Cuda("2.11", Gpu.T4)));
        File.WriteAllText(printedFile, "tensor([" + string.Join(", ", values.Select(value
            => value.ToString("F4", System.Globalization.CultureInfo.InvariantCulture))) + "])");
        (int code, string printed) = Run("verify", printedFile, "--module", "torch.randn(6, device='cuda')", "--seed", "3");
        Assert.DoesNotContain("no profile", printed, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }
}
