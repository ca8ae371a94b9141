using System.Reflection;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cli;

/// <summary>The command line with lines as people paste them.</summary>
[Collection(Sandbox.Name)]
public sealed class PastedLineTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("pasted-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static (int Code, string Said) Run(params string[] args)
    {
        int code = -1;
        string said = Sandbox.Run(() => code = CSharpProgram.Run(Assembly.Load("TorchInit.Cli").EntryPoint!, args));
        return (code, said);
    }

    [Theory]
    [InlineData("torch.rand(3, 2)", "123", "tensor([[0.2961, 0.5166],")]
    [InlineData("nn.init.xavier_uniform_(torch.empty(3, 5), gain=nn.init.calculate_gain('relu'))", "0", "tensor([[")]
    [InlineData("x = torch.rand(2, 2)\nx[0] = 0", "0", "tensor([[0.0000, 0.0000],")]
    public void Init_draws_a_pasted_line(string line, string seed, string shown)
    {
        (int code, string said) = Run("init", line, "--seed", seed);
        Assert.Equal(0, code);
        Assert.Contains(shown, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_takes_printed_numbers_and_checkpoints()
    {
        string printed = Path.Combine(_folder, "printed.txt"), file = Path.Combine(_folder, "model.safetensors");
        StateDict weights = InitPlan.Of("Embedding(6, 3)").Materialize(123);
        File.WriteAllText(printed, TensorText.Of(weights["weight"]));
        (int code, string said) = Run("verify", printed, "--module", "Embedding(6, 3)");
        Assert.True(code == 0, said);
        Assert.Contains("seed 123, printed to 4 decimals", said.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Safetensors.Save(file, weights);
        (code, said) = Run("verify", file, "--module", "Embedding(6, 3)");
        Assert.True(code == 0, said);
        Assert.Contains("seed 123", said.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    /// <summary>torch.manual_seed in the text is the seed that is asked about, unless --seed says another.</summary>
    [Theory]
    [InlineData(77_777, null, 0)]
    [InlineData(77_778, null, 3)]
    [InlineData(77_778, "77778", 0)]
    public void Verify_asks_for_the_seed_that_the_text_sets(int drawn, string? option, int expected)
    {
        string file = Path.Combine(_folder, "model.safetensors");
        Safetensors.Save(file, InitPlan.Of("fc = nn.Linear(40, 30)\n").Materialize((ulong)drawn));
        string[] args = ["verify", file, "--module", "torch.manual_seed(77777)\nfc = nn.Linear(40, 30)"];
        (int code, string said) = Run(option is null ? args : [.. args, "--seed", option]);
        Assert.True(code == expected, $"{code}: {said}");
    }
}
