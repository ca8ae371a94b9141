using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cli;

/// <summary>What cannot be meant is refused before anything is done, with the option, its value and what is allowed.</summary>
[Collection(Sandbox.Name)]
public class RefusedOptionTests
{
    [Theory]
    [InlineData("-o is w.pt, but what is written is in the safetensors format", "init", "Linear(3, 4)", "-o", "w.pt")]
    [InlineData("-o is w.npz, but what is written is in the safetensors format", "materialize", "Linear(3, 4)", "-o", "w.npz")]
    [InlineData("allowed: a name that ends in .safetensors, or one without an ending.", "init", "Linear(3, 4)", "-o", "w.txt")]
    [InlineData("allowed: a name that ends in .safetensors, or one without an ending.", "materialize", "Linear(3, 4)", "-o", "w.ckpt.1")]
    [InlineData("-o is -, but weights are not written to standard output; allowed: the name of a file.", "init", "Linear(3, 4)", "-o",
        "-")]
    [InlineData("-o is -, but weights are not written to standard output", "materialize", "Linear(3, 4)", "-o", "-")]
    [InlineData("-o is x.pt, but what is written is a plan; allowed: a name that ends in .json, or -", "plan", "record", "m:f", "-o",
        "x.pt")]
    [InlineData("-o is -, but nothing of this command is written to standard output", "scoreboard", "record", ".", "-o", "-")]
    [InlineData("--html is -, but nothing of this command", "plan", "explain", "Linear(3, 4)", "--html", "-")]
    [InlineData("target is ./., the folder of the answers itself; allowed: another folder.", "scoreboard", "record", ".", "-o", "./.")]
    [InlineData("--difference is 'abc'; allowed: a number, for example 0.05.", "parity", "--difference", "abc")]
    [InlineData("--count is 'many'; allowed: a whole number.", "fuzz", "--count", "many")]
    [InlineData("--seed is 'x'; allowed: an integer from -2^63 to 2^64 - 1.", "fuzz", "--seed", "x")]
    [InlineData("there is no file 'none.npz'.", "verify", "none.npz", "--module", "Linear(3, 4)")]
    [InlineData("there is no file 'none.pt'.", "plan", "locate", "none.pt", "--plan", "Linear(3, 4)")]
    [InlineData("there is no file 'none.safetensors.index.json'.", "verify", "none.safetensors.index.json", "--module", "Linear(3, 4)")]
    [InlineData("there is no file 'none.txt'.", "verify", "none.txt", "--module", "Linear(3, 4)")]
    [InlineData("there is no file 'none.json'", "plan", "explain", "none.json")]
    [InlineData("PATH is first.html; allowed: a name that ends in .ipynb or .dib", "notebook", "new", "first.html")]
    [InlineData("--count is -5; allowed: 1 or more", "fuzz", "--count", "-5")]
    [InlineData("fuzz.txt", "fuzz", "-o", "/proc/fuzz.txt")]
    [InlineData("--samples is 0; allowed: 1 or more", "bench", "--samples", "0")]
    [InlineData("--only is 'zzz'; allowed: part of a row's name: uniform_ 1e3", "bench", "--only", "zzz")]
    [InlineData("is 0; allowed: 1 to 4096", "init", "torch.rand(3)", "--device", "cuda:0x0")]
    [InlineData("is 255; allowed: 256 to 65536", "init", "torch.rand(3)", "--device", "cuda:1x255")]
    [InlineData("--seed 5 has no effect without --case", "parity", "--seed", "5")]
    [InlineData("--dtype float64 has no effect without --case", "parity", "--dtype", "float64")]
    [InlineData("--reset 1 has no effect without --case", "parity", "--reset", "1")]
    [InlineData("--report F has no effect with --case", "parity", "--case", "Linear(3, 4)", "--report", "F")]
    [InlineData("--bits-only has no effect with --case", "parity", "--case", "Linear(3, 4)", "--bits-only")]
    [InlineData("--difference 0.1 has no effect with --bits-only", "parity", "--bits-only", "--difference", "0.1")]
    [InlineData("--only x has no effect with --texts", "fuzz", "--texts", "--only", "x")]
    [InlineData("--only x has no effect with --transports", "bench", "--transports", "--only", "x")]
    [InlineData("--find-seed has no effect on printed numbers", "verify", "w.txt", "--module", "Linear(3, 4)", "--find-seed")]
    [InlineData("--show is -1; allowed: 0 or more", "fuzz", "--show", "-1")]
    [InlineData("'Linaer' is not a name of torch.nn", "parity", "--case", "Linaer(3,4)")]
    [InlineData("'foo_' is not a name of torch.nn", "parity", "--case", "Sequential(Linear(3, 4), foo_(3))")]
    [InlineData("--dtype is 'int8'; allowed: float32,", "plan", "record", "--dtype", "int8", "torch.nn:Linear(3,4)", "-o", "x.json")]
    [InlineData("--dtype is 'float8'; allowed: float32, float64, float16, bfloat16.", "init", "Linear(3, 4)", "--dtype", "float8")]
    [InlineData("--seed is 'abc'; allowed: an integer from -2^63 to 2^64 - 1.", "init", "Linear(3, 4)", "--seed", "abc")]
    [InlineData("--threads is 0; allowed: 1 or more, or -1", "materialize", "Linear(3, 4)", "-o", "w", "--threads", "0")]
    [InlineData("--shard is '0/3'; allowed: i/n", "materialize", "Linear(3, 4)", "-o", "w", "--shard", "0/3")]
    [InlineData("-o is ''; allowed: a text that is not empty", "materialize", "Linear(3, 4)", "-o", "")]
    [InlineData("FILE is ''; allowed: a text that is not empty", "verify", "", "--module", "Linear(3, 4)")]
    public void It_is_named(string said, params string[] arguments)
    {
        (int code, string printed, string[] files) = CliTests.Run(() => { }, arguments);
        Assert.Equal(4, code);
        Assert.Contains(said, printed.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(files);
    }
}
