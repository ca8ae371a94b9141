using System.IO.Compression;
using System.Security.Cryptography;
using TorchInit.Oracle;

namespace TorchInit.Tests.Oracle;

/// <summary>A real Python, a real virtual environment and the real pip; only the index is a folder, and its torch an empty one.</summary>
public sealed class RealVenvTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("torchinit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Pip_installs_what_has_the_hash_and_nothing_else()
    {
        string python = Python();
        string wheel = Wheel("torch", "2.13.0");
        Wheel("numpy", "2.4.0");
        SetupReport report = Provide(python, new() { TorchVersion = "2.13.0" });
        Assert.True(report.Problem is null, report.Problem);
        Assert.Equal("2.13.0", report.Torch);
        string venv = Path.Combine(_folder, "work", ".venv"), requirements = Path.Combine(venv, "torchinit-requirements.txt");
        Assert.Equal(new MadeVenv(venv).Python, report.Python!.Path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(wheel)));
        Assert.Contains($"torch==2.13.0 --hash=sha256:{hash}", File.ReadAllLines(requirements));
        // The same list again has nothing to do; of an index whose torch is another by now, it is refused.
        File.Copy(requirements, Path.Combine(_folder, "kept.txt"));
        SetupOptions kept = new() { Hashes = Path.Combine(_folder, "kept.txt") };
        Assert.Equal(SetupOutcome.Found, Provide(python, kept).Steps[0].Outcome);
        Directory.Delete(venv, recursive: true);
        File.Delete(wheel);
        Wheel("torch", "2.13.0", "evil = True");
        SetupReport refused = Provide(python, kept);
        Assert.Contains("could not be installed", refused.Problem, StringComparison.Ordinal);
        Assert.Contains("each with its hash", refused.Steps[^1].What, StringComparison.Ordinal);
        Assert.False(Directory.Exists(venv));
    }

    [Fact]
    public void A_torch_that_is_nowhere_leaves_no_environment()
    {
        string python = Python();
        Wheel("numpy", "2.4.0");
        SetupReport report = Provide(python, new() { TorchVersion = "2.13.0" });
        Assert.Contains("No matching distribution found for torch==2.13.0", report.Problem, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "work")));
    }

    SetupReport Provide(string python, SetupOptions options)
    {
        string work = Path.Combine(_folder, "work");
        Directory.CreateDirectory(work);
        Dictionary<string, string> variables = new()
        {
            ["PIP_NO_INDEX"] = "1",
            ["PIP_FIND_LINKS"] = _folder,
            ["PIP_CONFIG_FILE"] = OperatingSystem.IsWindows() ? "nul" : "/dev/null",
            ["PATH"] = Path.GetDirectoryName(python)!,
        };
        SetupSurroundings surroundings = new(new(null, _ => null, work, python), IsRoot: false, variables);
        return PythonProvisioner.Provide(options, surroundings);
    }

    static string Python()
    {
        string? python = PythonSearch.OfThisProcess(null).Bases().FirstOrDefault(path
            => PythonProbe.Run(path, "import venv, ensurepip; from importlib import metadata").Refusal is null);
        Assert.SkipWhen(python is null, "no Python with venv and ensurepip");
        return python!;
    }

    string Wheel(string name, string version, string content = "")
    {
        string path = Path.Combine(_folder, $"{name}-{version}-py3-none-any.whl"), info = $"{name}-{version}.dist-info";
        using ZipArchive wheel = ZipFile.Open(path, ZipArchiveMode.Create);
        Add($"{name}/__init__.py", $"__version__ = '{version}'\n{content}\n");
        Add($"{info}/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n");
        Add($"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        Add($"{info}/RECORD", $"{name}/__init__.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n");
        return path;

        void Add(string entry, string text)
        {
            using StreamWriter writer = new(wheel.CreateEntry(entry).Open());
            writer.Write(text);
        }
    }
}
