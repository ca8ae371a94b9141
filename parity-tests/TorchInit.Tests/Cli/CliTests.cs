using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cli;

/// <summary>The commands as a user meets them: what they write, what they say, what the shell sees.</summary>
[Collection(Sandbox.Name)]
public class CliTests
{
    static (int Code, string Printed, string[] Files) Run(params string[] args) => Run(() => { }, args);

    /// <summary>Runs a command, and then something where its files are.</summary>
    internal static (int Code, string Printed, string[] Files) Run(Action then, params string[] args)
    {
        int code = -1;
        string[] files = [];
        string printed = Sandbox.Run(() =>
        {
            code = CSharpProgram.Run(Assembly.Load("TorchInit.Cli").EntryPoint!, args);
            files = [.. Directory.EnumerateFiles(".", "*", SearchOption.AllDirectories).Select(path => path.Replace('\\', '/'))];
            then();
        });
        return (code, printed, files);
    }

    /// <summary>Runs a command; what it prints has one space wherever lines or cells were separated.</summary>
    internal static (int Code, string Printed) RunToOneLine(params string[] args)
    {
        (int code, string printed, _) = Run(args);
        return (code, string.Join(' ', printed.Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void Materialize_draws_from_the_texts_seed()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            Assert.Equal(0, Run("materialize", "torch.manual_seed(-5)\nfc = nn.Linear(3, 4)", "-o", path).Code);
            float[] drawn = Modules.Linear(3, 4).Materialize(-5)["weight"].AsSpan<float>().ToArray();
            AssertBits.Equal(drawn, Safetensors.Load(path)["weight"].AsSpan<float>().ToArray());
            Assert.Equal("18446744073709551611", Safetensors.LoadMetadata(path)["seed"]);
        }
        finally { File.Delete(path); }
    }

    [Fact]
    public void Init_writes_what_the_plan_draws()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            Assert.Equal(0,
                Run("init", "LSTM(3, 4)", "--seed", "-2", "--dtype", "bfloat16", "--torch", "2.12", "--cpu", "default", "-o", path).Code);
            StateDict written = Safetensors.Load(path);
            StateDict drawn = InitPlan.Of("LSTM(3, 4)", TorchProfile.For("2.12", cpu: CpuCapability.Default))
                .Materialize(-2, DType.BFloat16);
            Assert.Equal(drawn.Keys.Order(StringComparer.Ordinal), written.Keys.Order(StringComparer.Ordinal));
            foreach (string name in drawn.Keys)
            {
                Assert.Equal(drawn[name].AsSpan<BFloat16>().ToArray(), written[name].AsSpan<BFloat16>().ToArray());
            }
            Assert.Equal("torch 2.12 linux-x64 default", Safetensors.LoadMetadata(path)["profile"]);
        }
        finally { File.Delete(path); }
    }

    [Fact]
    public void Materialize_writes_what_init_writes_from_text_and_from_a_plan()
    {
        string folder = Directory.CreateTempSubdirectory("materialize").FullName;
        try
        {
            (string text, string json, string plan, string init) = (Path.Combine(folder, "t"), Path.Combine(folder, "j"),
                Path.Combine(folder, "plan.json"), Path.Combine(folder, "i"));
            const string Expression = "Sequential(Linear(30, 40), GRU(5, 6))";
            File.WriteAllText(plan, PlanJson.Write(InitPlan.Of(Expression, TorchProfile.For("2.12"))));
            Assert.Equal(0, Run("init", Expression, "--seed", "-2", "--torch", "2.12", "-o", init).Code);
            (int code, string printed, _) = Run("materialize", Expression, "--seed", "-2", "--torch", "2.12", "-o", text);
            Assert.Equal(0, code);
            Assert.Contains($"{new FileInfo(text).Length:N0} bytes", printed, StringComparison.Ordinal);
            Assert.Equal(0, Run("materialize", plan, "--seed", "-2", "-o", json).Code);
            Assert.Equal(File.ReadAllBytes(text), File.ReadAllBytes(json));
            Assert.Equal("1/1", Safetensors.LoadMetadata(text)["shard"]);
            StateDict expected = Safetensors.Load(init);
            foreach ((string name, TensorBuffer tensor) in Safetensors.Load(text))
            {
                AssertBits.Equal(expected[name].AsSpan<float>(), tensor.AsSpan<float>());
            }
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public void Init_prints_numbers_as_torch_does_and_bits_on_request()
    {
        string printed = Run("init", "Linear(4, 2)", "--seed", "42", "--bits").Printed;
        // As torch prints them: the first four numbers of nn.Linear(4, 2) after torch.manual_seed(42).
        Assert.Contains("tensor([[ 0.3823,  0.4150, -0.1171,  0.4593],\n", printed.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("3ec3b8cc 3ed47b66 bdefe520 3eeb2a1c …", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("3ec3b8cc", Run("init", "Linear(4, 2)", "--seed", "42").Printed, StringComparison.Ordinal);
        Assert.Contains("\"NaN\"", Run("init", "init.constant_((1,), nan)", "--json").Printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Init_prints_every_bit_as_json()
    {
        using JsonDocument json = JsonDocument.Parse(Run("init", "Linear(3, 4)", "--json", "--torch", "1.13").Printed);
        JsonElement weight = json.RootElement.GetProperty("tensors")[0];
        Assert.Equal("weight", weight.GetProperty("name").GetString());
        // Recorded from torch 1.13.1, seed 0.
        const string words = "bb8da3e8 3e9e9313 bef34b7e bed98bc9 be63b4b1 3e1e8953 bc3b6b40 3eea617a bd51dd42 3e1c70d2 be32ab9e bde86bea";
        Assert.Equal(words, weight.GetProperty("words").GetString());
        Assert.Equal([.. words.Split(' ').Select(word => BitConverter.UInt32BitsToSingle(Convert.ToUInt32(word, 16)))],
            weight.GetProperty("values").EnumerateArray().Select(value => value.GetSingle()).ToArray());
        Assert.Equal(2 * 5056, json.RootElement.GetProperty("generator_state").GetString()!.Length);
    }

    [Theory]
    [InlineData("groups = 2", "init", "Conv2d(3, 4, 3, groups=2)")]
    [InlineData("'biass'", "init", "Linear(3, 4, biass=False)")]
    [InlineData("2.4", "init", "RMSNorm(3)", "--torch", "2.1")]
    [InlineData("2.15", "init", "Linear(3, 4)", "--torch", "2.99")]
    [InlineData("linux-x64", "init", "Linear(3, 4)", "--platform", "beos")]
    [InlineData("float32", "init", "Linear(3, 4)", "--dtype", "int8")]
    [InlineData("-2^63", "init", "Linear(3, 4)", "--seed", "18446744073709551616")]
    [InlineData("elements", "init", "Linear(100000000000, 100000)")]
    [InlineData("found", "init", "Linear(3, 4")]
    [InlineData("nowhere", "init", "Linear(3, 4)", "-o", "nowhere/weights.safetensors")]
    [InlineData("2/8", "materialize", "Linear(3, 4)", "-o", "weights.safetensors", "--shard", "3")]
    [InlineData("nowhere", "materialize", "nowhere.json", "-o", "weights.safetensors")]
    [InlineData("nowhere", "materialize", "Linear(3, 4)", "-o", "nowhere/weights.safetensors")]
    [InlineData("manifest.tsv", "record", "--check", "--folder", "nowhere")]
    public void What_is_refused_is_one_line_with_exit_code_4_and_writes_nothing(string named, params string[] args)
    {
        (int code, string printed, string[] files) = Run(args);
        Assert.Equal(4, code);
        Assert.Contains(named, printed, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", printed, StringComparison.Ordinal);
        Assert.Empty(files);
    }

    [Fact]
    public void Without_torch_the_recorded_answers_are_compared_and_the_line_says_so()
    {
        string page = "";
        (int code, string printed, string[] files) = Run(()
            => page = File.ReadAllText("report/all.html"), "parity", "--python", "/nowhere/python", "--output", "report", "--report",
            "report/all.html", "--difference", "0.2");
        Assert.Equal(0, code);
        Assert.Matches("Report: .*all\\.html\n", printed);
        AssertRowsAddUp(page);
        Assert.Contains("Not asked live: No Python with torch was found; torchinit setup installs one", printed, StringComparison.Ordinal);
        Assert.Contains("0 promises broken", printed, StringComparison.Ordinal);
        Assert.Equal(["./report/all.html", "./report/junit.xml", "./report/parity.json", "./report/parity.md", "./report/statistics.json",
            "./report/statistics.md"], files.Order(StringComparer.Ordinal));
    }

    /// <summary>Of the table of bits in the HTML report: the columns behind the cases sum to them.</summary>
    static void AssertRowsAddUp(string page)
    {
        string bits = page[page.IndexOf("<h2 id=\"bits\">", StringComparison.Ordinal)..];
        string[] rows = [.. bits[..bits.IndexOf("</table>", StringComparison.Ordinal)].Split("<tr>")[1..]];
        string[] head = Cells(rows[0]);
        int cases = Array.IndexOf(head, "cases");
        Assert.Equal(["same bits", "close", "refused alike", "absent in both", "not asked", "mismatches"], head[(cases + 1)..]);
        Assert.True(rows.Length > 10, "There are fewer torches than were recorded.");
        foreach (string row in rows[1..])
        {
            long[] numbers = [.. Cells(row)[cases..]
                .Select(cell => long.Parse(cell, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];
            Assert.Equal(numbers[0], numbers[1..].Sum());
        }

        static string[] Cells(string row) => [.. Regex.Matches(row, "<t[hd][^>]*>([^<]*)</t[hd]>").Select(cell => cell.Groups[1].Value)];
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"title\":1}")]
    [InlineData("{\"title\":\"a\",\"profile\":{},\"tensors\":null,\"steps\":null}")]
    [InlineData("\uFEFF")]
    [InlineData("")]
    public void A_plan_that_cannot_be_read_is_no_verdict(string json)
    {
        string folder = Directory.CreateTempSubdirectory("plans-").FullName;
        try
        {
            (string plan, string weights) = (Path.Combine(folder, "plan.json"), Path.Combine(folder, "weights.safetensors"));
            File.WriteAllText(plan, json);
            Safetensors.Save(weights, InitPlan.Of("Linear(2, 3)").Materialize(seed: 0));
            Assert.Equal(4, Run("verify", weights, "--plan", plan).Code);
            Assert.Equal(4, Run("materialize", plan, "-o", Path.Combine(folder, "out.safetensors")).Code);
            Assert.Equal(4, Run("verify", folder, "--module", "Linear(2, 3)").Code);
            Assert.Equal(4, Run("verify", weights, "--plan", folder).Code);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public void A_scoreboard_without_answers_is_no_verdict()
    {
        (int code, string printed, _) = Run("scoreboard", "judge", ".");
        Assert.Equal(3, code);
        Assert.Contains("? no answer: linear, embedding, ", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parity", "2: real torch could not be asked")]
    [InlineData("record", "2: real torch could not be asked")]
    [InlineData("verify", "3: cannot tell")]
    public void Help_says_what_exit_codes_mean(string command, string said)
        => Assert.Contains(said, Regex.Replace(Run(command, "--help").Printed, @"\s+", " "), StringComparison.Ordinal);

    [Fact]
    public void Weights_are_judged_by_their_file()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        string plan = Path.ChangeExtension(path, ".json");
        try
        {
            Safetensors.Save(path, InitPlan.Of("Linear(64, 32)").Materialize(seed: 42));
            File.WriteAllText(plan, PlanJson.Write(InitPlan.Of("Linear(64, 32)")));
            Assert.Equal(0, Run("verify", path, "--module", "Linear(64, 32)", "--seed", "42").Code);
            Assert.Equal(0, Run("verify", path, "--plan", plan, "--seed", "42").Code);
            (int code, string printed, _) = Run("verify", path, "--module", "Linear(64, 32)", "--seed", "43");
            Assert.Equal(1, code);
            Assert.Contains("seed 42", printed, StringComparison.Ordinal);
            (code, printed, _) = Run("verify", path, "--module", "Linear(64, 32)", "--seed", "43", "--find-seed", "--json");
            using (JsonDocument json = JsonDocument.Parse(printed))
            {
                Assert.Equal((1, "deviates", "seed", "weight"),
                    (code, json.RootElement.GetProperty("judgement").GetString(), json.RootElement.GetProperty("cause").GetString(),
                    json.RootElement.GetProperty("first").GetProperty("tensor").GetString()));
            }
            // A name that would clear the screen is shown, not sent.
            Safetensors.Save(path, new() { { "\u001b[2J", TensorBuffer.Of([1f], [1]) } });
            (code, printed, _) = Run("verify", path, "--module", "Linear(64, 32)");
            Assert.Equal(1, code);
            Assert.Contains("\uFFFD[2J", printed, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', printed);
            Safetensors.Save(path, InitPlan.Of("Linear(2, 3)").Materialize(seed: 987_654_321));
            Assert.Equal(3, Run("verify", path, "--module", "Linear(2, 3)").Code);
            // What would tell more is said where it would.
            Safetensors.Save(path, InitPlan.Of("Linear(64, 32)").Materialize(seed: 987_654_321));
            Assert.Contains("--find-seed searches all 2^32 seeds", Run("verify", path, "--module", "Linear(64, 32)").Printed,
                StringComparison.Ordinal);
            Safetensors.Save(path, InitPlan.Of("init.orthogonal_((32, 32))").Materialize(seed: 987_654_321));
            Assert.DoesNotContain("--find-seed", Run("verify", path, "--module", "init.orthogonal_((32, 32))").Printed,
                StringComparison.Ordinal);
            Safetensors.Save(path, InitPlan.Of("Linear(2, 3)").Materialize(seed: 987_654_321));
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..20]);
            Assert.Equal(4, Run("verify", path, "--module", "Linear(2, 3)").Code);
            Assert.Equal(4, Run("verify", path).Code);
            Assert.Equal(4, Run("verify", path, "--modul", "Linear(2, 3)").Code);
        }
        finally
        {
            File.Delete(path);
            File.Delete(plan);
        }
    }

    [Fact]
    public void Torch_that_is_required_and_not_there_is_exit_code_2()
    {
        Assert.Equal(2, Run("parity", "--python", "/nowhere/python", "--require-live", "--bits-only").Code);
        Assert.Equal(2, Run("parity", "--python", "/nowhere/python", "--case", "Linear(3, 4)").Code);
        Assert.Equal(2,
            Run("record", "--check", "--python", "/nowhere/python", "--folder", Repository.PathOf("parity-tests/golden/torch")).Code);
    }

    [Fact]
    public void A_case_that_cannot_be_read_is_said_before_torch_is_started()
        => Assert.Equal(4, Run("parity", "--python", "/nowhere/python", "--case", "Linear(3,").Code);
}
