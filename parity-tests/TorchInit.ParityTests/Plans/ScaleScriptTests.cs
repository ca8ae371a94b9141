using System.Diagnostics;
using System.Text.RegularExpressions;
using TorchInit.Oracle;
using TorchInit.ParityTests.Support;
using TorchInit.Tests;

namespace TorchInit.ParityTests.Plans;

/// <summary>The Python of docs/scale.md: torchrun's script runs as each rank, and all of it is Python.</summary>
public sealed class ScaleScriptTests(LiveTorch live) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("scripts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static string[] Blocks => [.. Regex.Matches(Repository.Read("docs/scale.md"), "```python\n(.*?)```", RegexOptions.Singleline)
        .Select(match => match.Groups[1].Value)];

    [Fact]
    public void Every_block_is_Python()
    {
        Assert.Equal(3, Blocks.Length);
        foreach (string block in Blocks)
        {
            File.WriteAllText(Path.Combine(_folder, "block.py"), block);
            Run("import sys; compile(open(sys.argv[1], encoding='utf-8').read(), 'scale.md', 'exec')", Path.Combine(_folder, "block.py"));
        }
    }

    [Fact]
    public void Each_rank_of_torchrun_draws_its_part()
    {
        if (OperatingSystem.IsWindows()) { return; }
        string program = Path.Combine(_folder, "torchinit");
        File.WriteAllText(program, "#!/bin/sh\necho \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string script = Assert.Single(Blocks, block => block.Contains("WORLD_SIZE", StringComparison.Ordinal));
        foreach (int rank in (int[])[0, 31])
        {
            string said = Run(script, ("RANK", $"{rank}"), ("WORLD_SIZE", "32"),
                ("PATH", $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}"));
            Assert.Contains($"--max-shard-size 5GB --shard {rank + 1}/32 -o weights/model.safetensors", said, StringComparison.Ordinal);
        }
    }

    string Run(string script, string argument) => Run([script, argument], []);

    string Run(string script, params (string Name, string Value)[] variables) => Run([script], variables);

    string Run(string[] arguments, (string Name, string Value)[] variables)
    {
        _ = live.Oracle();           // skips where there is no torch
        ProcessStartInfo start = new(PythonLocator.Locate().Path, ["-I", "-c", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables) { start.Environment[name] = value; }
        using Process python = Process.Start(start)!;
        Task<string> said = python.StandardOutput.ReadToEndAsync(), error = python.StandardError.ReadToEndAsync();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, said.Result + error.Result);
        return said.Result;
    }
}
