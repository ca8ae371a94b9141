using System.Reflection;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cli;

/// <summary>What the commands that write refuse before they work, and with which exit code.</summary>
[Collection(Sandbox.Name)]
public sealed class FileCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("commands-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string In(string name) => Path.Combine(_folder, name);

    static (int Code, string Said) Run(params string[] args)
    {
        int code = -1;
        string said = Sandbox.Run(() =>
        {
            Directory.CreateDirectory("folder");
            code = CSharpProgram.Run(Assembly.Load("TorchInit.Cli").EntryPoint!, args);
            Assert.Equal(["folder"], Directory.EnumerateFileSystemEntries(".", "*", SearchOption.AllDirectories).Select(Path.GetFileName));
        });
        return (code, said);
    }

    [Theory]
    [InlineData("init", "Linear(3, 4)", "-o", "folder")]
    [InlineData("init", "Linear(100000, 100000)", "-o", "/dev/null")]
    [InlineData("materialize", "Linear(3, 4)", "-o", "folder")]
    [InlineData("materialize", "Linear(3, 4)", "-o", "/dev/stdout")]
    [InlineData("materialize", "init.uniform_((5,4), 1., 0.)", "-o", "weights")]
    [InlineData("materialize", "Linear(1000000000, 1000000000)", "-o", "weights")]
    [InlineData("scoreboard", "cases", "-o", "folder")]
    [InlineData("scoreboard", "answer", "/dev/null")]
    [InlineData("parity", "--python", "/nowhere/python", "--bits-only", "--output", "/dev/null")]
    [InlineData("parity", "--python", "/nowhere/python", "--report", "folder")]
    [InlineData("bench", "--python", "/nowhere/python", "--output", "/dev/null")]
    [InlineData("notebook", "new", "/dev/null")]
    [InlineData("init", "Linear(3, 4)", "--platform", "linux-arm64", "--cpu", "avx2")]
    public void What_cannot_end_well_is_refused_in_one_line(params string[] args)
    {
        (int code, string said) = Run(args);
        Assert.True(code == 4, said);
        Assert.StartsWith("torchinit: ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Single(said.TrimEnd().Split('\n'));
        if (!OperatingSystem.IsWindows()) { Assert.Equal(FileKind.Device, FileStatus.Of("/dev/null").Kind); }
    }

    [Theory]
    [InlineData("'{0}.safetensors' is a folder; allowed: a file.", "verify", "{0}.safetensors", "--module", "Linear(3, 4)")]
    [InlineData("'{0}.txt' is a folder; allowed: a file.", "verify", "{0}.txt", "--module", "Linear(3, 4)")]
    [InlineData("'{0}.json' is a folder; allowed: a plan's JSON file.", "plan", "explain", "{0}.json")]
    [InlineData("'{0}.ipynb' is a folder; allowed: a file.", "notebook", "convert", "{0}.ipynb", "out.html")]
    [InlineData("{1}.ipynb: This is not a notebook: ", "notebook", "convert", "{1}.ipynb", "out.html")]
    [InlineData("{1}.json is empty; allowed: a plan's JSON file. Copy or download it again.", "plan", "explain", "{1}.json")]
    [InlineData("'{1}' has no ending; allowed: .safetensors", "verify", "{1}", "--module", "Linear(3, 4)")]
    [InlineData("{1}.npz is empty; allowed: a zip of .npy files.", "verify", "{1}.npz", "--module", "Linear(3, 4)")]
    [InlineData("{1}.safetensors is empty; allowed: a safetensors file. Copy or download it again.", "verify", "{1}.safetensors",
        "--module", "Linear(3, 4)")]
    [InlineData("'{1}.txt' ends in '.txt'; allowed: .safetensors, .pt, .pth, .bin, .ckpt, .npz, .npy, .index.json.", "plan", "locate",
        "{1}.txt", "--plan", "Linear(3, 4)")]
    public void A_file_that_cannot_be_read_is_named_with_what_is_wrong(string expected, params string[] args)
    {
        (string folder, string empty) = (In("folder"), In("empty"));
        foreach (string ending in (string[])[".safetensors", ".txt", ".json", ".ipynb"]) { Directory.CreateDirectory(folder + ending); }
        foreach (string ending in (string[])[".npz", ".safetensors", ".txt", ".ipynb", ".json", ""])
        {
            File.WriteAllText(empty + ending, "");
        }
        (int code, string said) = Run([.. args.Select(arg => arg.Replace("{0}", folder, StringComparison.Ordinal)
            .Replace("{1}", empty, StringComparison.Ordinal))]);
        Assert.Equal(4, code);
        Assert.Contains(expected.Replace("{0}", folder, StringComparison.Ordinal).Replace("{1}", empty, StringComparison.Ordinal), said,
            StringComparison.Ordinal);
    }

    /// <summary>Nobody writes to it, so a command that opened it would wait for ever.</summary>
    [Theory]
    [InlineData("verify", "pipe.safetensors", "--module", "Linear(3, 4)")]
    [InlineData("plan", "locate", "pipe.pt", "--plan", "Linear(3, 4)")]
    [InlineData("plan", "explain", "pipe.json")]
    [InlineData("notebook", "convert", "pipe.ipynb", "out.html")]
    [InlineData("scoreboard", "judge", "answers")]
    public void A_pipe_is_no_file(params string[] args)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "made by mkfifo");
        Directory.CreateDirectory(In("answers"));
        string file = Array.Find(args, arg => arg.StartsWith("pipe", StringComparison.Ordinal)) ?? "answers/linear.safetensors";
        using (System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", [In(file)])) { made.WaitForExit(); }
        (int code, string said) = Run([.. args.Select(arg => arg == file || arg == "answers" ? In(arg) : arg)]);
        Assert.Equal((4, $"torchinit: '{In(file)}' is a pipe; allowed: a file.\n"), (code, said));
    }

    [Fact]
    public void An_index_whose_shard_is_missing_is_named_with_it()
    {
        File.WriteAllText(In("m.index.json"), """{"weight_map":{"weight":"gone.safetensors"}}""");
        (int code, string said) = Run("verify", In("m.index.json"), "--module", "Linear(3, 4)");
        Assert.Equal((4, $"torchinit: {In("m.index.json")} names the shard 'gone.safetensors', and there is no such file beside it.\n"),
            (code, said));
    }

    [Theory]
    [InlineData("atlas")]
    [InlineData("site")]
    public void A_folder_to_write_that_is_a_file_is_refused(string command)
    {
        File.WriteAllText(In("file"), "");
        (int code, string said) = Run(command, "-o", In("file"));
        Assert.Equal((4, $"torchinit: {In("file")} cannot be written: {In("file")} is not a folder.\n"), (code, said));
    }

    [Fact]
    public void A_tensor_without_a_name_is_no_module()
    {
        using (FileStream file = File.Create(In("w.npy")))
        {
            file.Write([0x93, .. "NUMPY"u8, 1, 0, 60, 0, .. "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }  \n"u8, 0, 0, 0, 0]);
        }
        Assert.Contains("is missing; there are: one tensor without a name", Run("verify", In("w.npy"), "--module", "Linear(3, 4)").Said,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_plan_does_not_have_is_said_beside_the_place()
    {
        StateDict weights = InitPlan.Of("Linear(3, 4)").Materialize(5);
        weights.Add("extra", TensorBuffer.Zeros(DType.Float32, [2]));
        Safetensors.Save(In("w.safetensors"), weights);
        (int code, string said) = Run("plan", "locate", In("w.safetensors"), "--plan", "Linear(3, 4)");
        Assert.Equal(0, code);
        Assert.EndsWith("Not compared, since the plan does not have them: extra\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verdict_says_a_thing_once()
    {
        StateDict weights = InitPlan.Of("Linear(16, 16)").Materialize(5);
        foreach (ref float value in weights["weight"].AsSpan<float>()) { value = MathF.BitIncrement(value); }
        Safetensors.Save(In("w.safetensors"), weights);
        string said = Run("verify", In("w.safetensors"), "--module", "Linear(16, 16)", "--seed", "5").Said;
        Assert.StartsWith("✘ deviates: torch's draws, rounded differently: ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("18446744073709551615")]
    [InlineData("-5")]
    public void The_seed_is_printed_as_it_was_given(string seed)
        => Assert.Contains($"seed {seed} ", Run("init", "Linear(3, 2)", "--seed", seed).Said, StringComparison.Ordinal);

    [Theory]
    [InlineData("init")]
    [InlineData("materialize")]
    [InlineData("verify")]
    [InlineData("parity")]
    [InlineData("fuzz")]
    [InlineData("bench")]
    [InlineData("plan", "record")]
    [InlineData("plan", "explain")]
    [InlineData("plan", "diff")]
    [InlineData("plan", "locate")]
    [InlineData("scoreboard", "judge")]
    public void Help_has_the_exit_codes(params string[] command)
        => Assert.Contains("Exit code 0", Run([.. command, "--help"]).Said.ReplaceLineEndings(" "), StringComparison.Ordinal);

    [Fact]
    public void Weights_that_do_not_fit_a_plan_have_no_seed_to_name()
    {
        Safetensors.Save(In("w.safetensors"), InitPlan.Of("Linear(3, 4)").Materialize(0));
        (int code, string said) = Run("plan", "locate", In("w.safetensors"), "--plan", "Linear(3, 5)");
        Assert.Equal((1, "The weights do not fit the plan, so no draw was compared. Cause (Shape): weight is (4, 3); torch has (5, 3)\n"),
            (code, said));
    }

    [Theory]
    [InlineData("keras")]
    [InlineData("flax")]
    [InlineData("candle")]
    [InlineData("tinygrad")]
    public void Each_framework_of_the_help_answers(string framework)
    {
        (int code, string said) = Run("scoreboard", "answer", In("answers"), "--by", framework);
        int answers = Directory.GetFiles(In("answers"), "*.safetensors").Length;
        Assert.Equal((0, $"{In("answers")}: answers to {answers} cases\n"), (code, said));
        Assert.True(answers > 0);
        (code, said) = Run("scoreboard", "record", In("answers"), "-o", In("kept"));
        int hashes = Directory.GetFiles(In("kept"), "*.sha256").Length, values = Directory.GetFiles(In("kept"), "*.safetensors").Length;
        Assert.Equal((0, $"{In("kept")}: the hashes of {hashes} cases, the values of {values}\n"), (code, said));
    }

    [Theory]
    [InlineData("--torch", "2.10")]
    [InlineData("--platform", "windows-x64")]
    [InlineData("--cpu", "default")]
    public void A_torch_that_draws_a_step_of_the_plan_otherwise_is_refused(string option, string value)
    {
        const string Text = "init.trunc_normal_(torch.empty(3, 4))";
        File.WriteAllText(In("plan.json"), PlanJson.Write(InitPlan.Of(Text, TorchProfile.For("2.12"))));
        File.WriteAllText(In("own.json"),
            PlanJson.Write(InitPlan.Of(Text, TorchProfile.For("2.10", TorchPlatform.WindowsX64, CpuCapability.Default))));
        (int code, string said) = Run("materialize", In("plan.json"), option, value, "-o", In("weights"));
        Assert.Equal(4, code);
        Assert.Contains($"{option} is {value}: step 1, trunc_normal_", said, StringComparison.Ordinal);
        Assert.False(File.Exists(In("weights")));
        Assert.Equal(0, Run("materialize", In("own.json"), option, value, "-o", In("weights")).Code);
    }

    [Theory]
    [InlineData("--torch", "2.15")]
    [InlineData("--torch", "1.13.1")]
    [InlineData("--platform", "linux-arm64")]
    public void A_torch_that_draws_every_step_alike_is_followed(string option, string value)
    {
        File.WriteAllText(In("plan.json"), PlanJson.Write(InitPlan.Of("Linear(3, 4)", TorchProfile.For("2.6"))));
        Assert.Equal(0, Run("materialize", In("plan.json"), option, value, "-o", In("weights")).Code);
        Assert.Contains(value.Replace("1.13.1", "1.13", StringComparison.Ordinal), Safetensors.LoadMetadata(In("weights"))["profile"],
            StringComparison.Ordinal);
        StateDict expected = InitPlan.Of("Linear(3, 4)", TorchProfile.For("2.6")).Materialize(0);
        AssertBits.Equal(expected["weight"].AsSpan<float>(), Safetensors.Load(In("weights"))["weight"].AsSpan<float>());
        Assert.NotEqual(0, Run("materialize", In("plan.json"), option, value, "--dtype", "bfloat16", "-o", In("weights")).Code);
    }

    [Fact]
    public void A_file_in_a_folder_that_takes_none_is_refused()
    {
        if (!OperatingSystem.IsLinux()) { return; }
        (int code, string said) = Run("init", "Linear(3, 4)", "-o", "/proc/weights");
        Assert.Equal(4, code);
        Assert.Contains("does not allow new files", said, StringComparison.Ordinal);
    }
}
