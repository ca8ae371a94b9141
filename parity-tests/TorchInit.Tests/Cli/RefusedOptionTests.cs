using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cli;

/// <summary>What cannot be meant is refused before anything is done, with the option, its value and what is allowed.</summary>
[Collection(Sandbox.Name)]
public class RefusedOptionTests
{
    [Theory]
    [InlineData("-o is w.pt, but what is written is in the safetensors format", "init", "Linear(3, 4)", "-o", "w.pt")]
    [InlineData("-o is w.npz, but what is written is in the safetensors format", "materialize", "Linear(3, 4)", "-o", "w.npz")]
    [InlineData("PATH is first.html; allowed: a name that ends in .ipynb or .dib", "notebook", "new", "first.html")]
    [InlineData("--count is -5; allowed: 1 or more", "fuzz", "--count", "-5")]
    [InlineData("fuzz.txt", "fuzz", "-o", "/proc/fuzz.txt")]
    [InlineData("--samples is 0; allowed: 1 or more", "bench", "--samples", "0")]
    [InlineData("--only is 'zzz'; allowed: part of a row's name: uniform_ 1e3", "bench", "--only", "zzz")]
    [InlineData("is 0; allowed: 1 to 4096", "init", "torch.rand(3)", "--device", "cuda:0x0")]
    [InlineData("is 255; allowed: 256 to 65536", "init", "torch.rand(3)", "--device", "cuda:1x255")]
    public void It_is_named(string said, params string[] arguments)
    {
        (int code, string printed, string[] files) = CliTests.Run(() => { }, arguments);
        Assert.Equal(4, code);
        Assert.Contains(said, printed.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(files);
    }
}
