using TorchInit.Parity;
using TorchInit.Tests.Cli;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Verify;

/// <summary>Right files stay right: whatever verify can name, it does not accuse what torchinit itself wrote. TORCHINIT_RIGHT_FILES=1
/// judges the whole grid, 3 one in three.</summary>
[Collection(Sandbox.Name)]
public sealed class RightFilesTests
{
    static readonly string[] s_models =
    [
        "Linear(300, 200)", "Conv2d(16, 64, 3)", "ConvTranspose2d(32, 16, 3)", "Embedding(500, 64, padding_idx=3)", "LSTM(40, 64)",
        "GRU(40, 64)", "MultiheadAttention(64, 4)", "TransformerEncoderLayer(64, 4, 128)", "Bilinear(20, 30, 40)",
        "Sequential(Conv2d(3, 32, 3), BatchNorm2d(32), ReLU(), Linear(32, 10))", "init.trunc_normal_((200, 100), std=0.02)",
        "init.sparse_((200, 100), 0.5)", "init.kaiming_normal_((64, 32, 3, 3))",
    ];

    static readonly string[] s_versions = ["2.15", "2.12", "2.11", "2.0", "1.13"];
    static readonly string[] s_dtypes = ["float32", "float64", "bfloat16", "float16"];

    static IEnumerable<(string Model, string Version, string DType)> Grid() => from model in s_models
                                                                               from version in s_versions
                                                                               from dtype in s_dtypes
                                                                               select (model, version, dtype);

    [Fact]
    public void No_right_file_is_accused()
    {
        // Each model, version and dtype has its turn.
        int each = int.TryParse(Environment.GetEnvironmentVariable("TORCHINIT_RIGHT_FILES"), out int given) ? given : 13;
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        int files = 0;
        List<string> accused = [];
        try
        {
            foreach ((int at, (string model, string version, string dtype)) in Grid().Index())
            {
                if (at % each != 0) { continue; }
                foreach (string seed in (string[])["42", $"{987_654_321 + at}"])
                {
                    if (CliTests.Run(() => { }, "init", model, "--torch", version, "--dtype", dtype, "--seed", seed, "-o", path).Code != 0)
                    {
                        continue;       // that torch refuses it in this dtype
                    }
                    files++;
                    foreach (string[] named in (string[][])[[], ["--torch", version], ["--seed", seed],
                        ["--seed", seed, "--torch", version]])
                    {
                        (int code, string printed, _) = CliTests.Run(() => { }, ["verify", path, "--module", model, .. named]);
                        bool isRight = code == 0 || code == 3 && !named.Contains("--seed");
                        if (!isRight) { accused.Add($"{model} {version} {dtype} {seed} {string.Join(' ', named)}: {printed}"); }
                    }
                }
            }
        }
        finally { File.Delete(path); }
        Assert.True(accused.Count == 0, string.Join('\n', accused));
        Assert.True(files >= 400 / each, $"{files} files");
        TestContext.Current.TestOutputHelper?.WriteLine($"{files} right files, each judged four times");
    }
}
