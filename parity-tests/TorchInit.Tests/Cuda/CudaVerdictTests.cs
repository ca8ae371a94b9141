using TorchInit.Tests.Cli;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cuda;

/// <summary>What the commands say of a GPU's weights, and their exit codes.</summary>
[Collection(Sandbox.Name)]
public sealed class CudaVerdictTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("cuda-").FullName;

    string Weights => Path.Combine(_folder, "weights.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static (int Code, string Printed) Run(params string[] arguments) => CliTests.RunToOneLine(arguments);

    /// <summary>As of another platform: torch's own bits, unless a torch or device was asked for.</summary>
    [Fact]
    public void A_GPUs_bits_count_unless_another_torch_was_asked_for()
    {
        Assert.Equal(0, Run("init", "Linear(30, 40)", "--seed", "7", "--device", "cuda:h100", "-o", Weights).Code);
        (int code, string printed) = Run("verify", Weights, "--module", "Linear(30, 40)");
        Assert.Equal(0, code);
        Assert.Contains("✔ same bits, torch's own weights from another device: of seed 7", printed, StringComparison.Ordinal);
        (code, printed) = Run("verify", Weights, "--module", "Linear(30, 40)", "--torch", "2.15");
        Assert.Equal(1, code);
        Assert.Contains("✘ deviates, torch's own weights from another device", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_GPU_in_the_text_was_asked_for()
    {
        Assert.Equal(0, Run("init", "Linear(30, 40)", "--seed", "7", "-o", Weights).Code);
        Assert.Equal(1, Run("verify", Weights, "--module", "Linear(30, 40, device='cuda')").Code);
        Assert.Equal(0, Run("verify", Weights, "--module", "Linear(30, 40)").Code);
    }

    [Fact]
    public void The_device_of_printed_numbers_counts_likewise()
    {
        string text = Path.Combine(_folder, "printed.txt");
        File.WriteAllText(text, $"{TensorText.Of(InitPlan.Of("Embedding(6, 3)", CudaVector.Profile).Materialize(7)["weight"])}");
        (int code, string printed) = Run("verify", text, "--module", "Embedding(6, 3)");
        Assert.Equal(0, code);
        Assert.Contains("✔ same digits, torch's own weights from another device: torch's draws, seed 7", printed,
            StringComparison.Ordinal);
        Assert.Equal(1, Run("verify", text, "--module", "Embedding(6, 3)", "--platform", "linux-x64").Code);
    }

    /// <summary>On a GPU, a fill's share of the stream is the distance by which it moves the offset.</summary>
    [Fact]
    public void Offsets_are_not_called_words()
    {
        (_, string printed) = Run("plan", "explain", "Linear(60, 30)", "--device", "cuda:h100");
        Assert.Contains("torch 2.11 cuda:132x2048; offset moved in total: 8", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("word", printed, StringComparison.Ordinal);
        (_, printed) = Run("plan", "explain", "Linear(60, 30)", "--device", "cuda:h100", "--json");
        Assert.Contains("\"unit\": \"offset\", \"words\": 8", printed, StringComparison.Ordinal);
        Assert.Contains("\"unit\": \"word\", \"words\": 1830", Run("plan", "explain", "Linear(60, 30)", "--json").Printed,
            StringComparison.Ordinal);
        string page = Path.Combine(_folder, "page.html");
        Assert.Equal(0, Run("plan", "explain", "Linear(60, 30)", "--device", "cuda:h100", "--html", page).Code);
        string html = File.ReadAllText(page);
        Assert.Contains("the offset moves by 8", html, StringComparison.Ordinal);
        Assert.Contains("from offset", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" words", html, StringComparison.Ordinal);
        Assert.Equal(0, Run("init", "Linear(60, 30)", "--seed", "7", "-o", Weights).Code);
        (_, printed) = Run("plan", "locate", Weights, "--plan", "Linear(60, 30)", "--device", "cuda:h100", "--seed", "7");
        Assert.Contains(", from offset 0 Cause (Device)", printed, StringComparison.Ordinal);
    }
}
