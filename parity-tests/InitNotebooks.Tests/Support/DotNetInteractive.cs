using System.Text.Json;
using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests;

/// <summary>The .NET Interactive of the tool manifest, as .net-csharp in a folder of the tests, run by Debian's nbclient.</summary>
public sealed class DotNetInteractive : IDisposable
{
    const string Python = "/usr/bin/python3";
    const string Tool = "microsoft.dotnet-interactive";

    const string Client = """
        import sys, nbformat, nbclient
        notebook = nbformat.read(sys.argv[1], 4)
        client = nbclient.NotebookClient(notebook, timeout=600, allow_errors=True, resources={'metadata': {'path': sys.argv[2]}})
        client.execute()
        nbformat.write(notebook, sys.argv[3])
        """;

    static int s_instances;

    readonly Files _files = new();

    // It looks for a free port and takes it later: hosts that start at the same moment would find the same one.
    readonly int _port = 20_000 + 100 * Interlocked.Increment(ref s_instances);

    /// <exception cref="Exception">With TORCHINIT_REQUIRE_LIVE=1, where it is not there.</exception>
    public DotNetInteractive()
    {
        Missing = File.Exists(Python) && Cli.Run(Python, ["-I", "-c", "import nbclient"]).Code == 0
            ? Restore() : "no Jupyter: scripts/setup.sh --jupyter installs it";
        if (Missing is not null && Environment.GetEnvironmentVariable("TORCHINIT_REQUIRE_LIVE") == "1") { Assert.Fail(Missing); }
    }

    public string? Missing { get; private set; }

    /// <summary>Runs a notebook, cell after cell, also past errors; its folder is the working directory.</summary>
    internal Notebook Run(string path, params (string Name, string Value)[] environment)
    {
        if (Missing is not null) { Assert.Skip(Missing); }
        string result = _files.Path(Path.GetFileName(path));
        (string, string)[] variables =
        [
            ("JUPYTER_PATH", _files.Folder), ("PYDEVD_DISABLE_FILE_VALIDATION", "1"), ("TMPDIR", _files.Folder), .. environment,
        ];
        (int code, string output) = Cli.Run(Python, ["-c", Client, path, Path.GetDirectoryName(path)!, result], variables);
        Assert.True(code == 0, output);
        return InteractiveOutputs.AsOurs(Notebook.Load(result));
    }

    public void Dispose() => _files.Dispose();

    /// <summary>Null where it is there now; else why not.</summary>
    string? Restore()
    {
        string file = Repository.PathOf(".config/dotnet-tools.json");
        (int code, string output) = Cli.Run("dotnet", ["tool", "restore", "--tool-manifest", file]);
        if (code != 0) { return $"no .NET Interactive: dotnet tool restore: {output.Trim()}"; }
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(file));
        string version = manifest.RootElement.GetProperty("tools").GetProperty(Tool).GetProperty("version").GetString()!;
        string folder = Path.Combine(NuGetCache.Folder, Tool, version);
        string program = Directory.EnumerateFiles(folder, "Microsoft.DotNet.Interactive.App.dll", SearchOption.AllDirectories).Single();
        JsonObject spec = new()
        {
            // Nothing listens beyond this machine.
            ["argv"] = new JsonArray("dotnet", program, "jupyter", "{connection_file}", "--http-local-only", "--http-port-range",
                $"{_port}-{_port + 99}"),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            ["env"] = new JsonObject { ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1" },
        };
        string kernel = Path.Combine(_files.Folder, "kernels", ".net-csharp");
        Directory.CreateDirectory(kernel);
        File.WriteAllText(Path.Combine(kernel, "kernel.json"), spec.ToJsonString());
        return null;
    }
}
