using System.Diagnostics;
using TorchInit.Oracle;
using TorchInit.PythonNetTests.Support;

namespace TorchInit.PythonNetTests.Host;

/// <summary>What lies about in the environment and in the working directory reaches neither Python.</summary>
public sealed class SurroundingsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("torchinit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, InlineData("worker"), InlineData("pythonnet")]
    public void Hostile_files_and_variables_are_not_run(string transport)
    {
        InProcess.Require();
        string trace = Path.Combine(_folder, "ran"), user = Path.Combine(_folder, "user");
        string[] modules = [.. "sitecustomize usercustomize torch json ctypes numpy torch_live torch_oracle clr startup".Split(' ')];
        string site = Path.Combine(user, "lib", $"python{Python.Version![..Python.Version!.LastIndexOf('.')]}", "site-packages");
        foreach (string folder in (string[])[_folder, site])
        {
            Directory.CreateDirectory(folder);
            foreach (string module in modules)
            {
                File.WriteAllText(Path.Combine(folder, $"{module}.py"), $"open(r'{trace}', 'a').write(__file__ + '\\n')\n");
            }
        }
        Dictionary<string, string> variables = new()
        {
            ["PYTHONPATH"] = _folder,
            ["PYTHONHOME"] = _folder,
            ["PYTHONSTARTUP"] = Path.Combine(_folder, "startup.py"),
            ["PYTHONUSERBASE"] = user,
            ["PYTHONINSPECT"] = "1",
            ["PYTHONWARNINGS"] = "error",
            ["PYTHONOPTIMIZE"] = "2",
            ["PYTHONDEVMODE"] = "1",
            ["PYTHONVERBOSE"] = "1",
            ["PYTHONNOUSERSITE"] = "",
            ["PYTHONPLATLIBDIR"] = "nowhere",
            ["PYTHONEXECUTABLE"] = "/nowhere",
            ["PYTHONCASEOK"] = "1",
            ["PYTHONNET_PYDLL"] = Path.Combine(_folder, "none.so"),
            ["PYTHONNET_VENV"] = _folder,
            ["PYTHONBREAKPOINT"] = "torch.nothing",
            ["PYTHONHASHSEED"] = "junk",
            ["PYTHONMALLOC"] = "junk",
        };
        string quiet = HostProcess.Lines("surroundings", [transport]);
        Assert.Equal(quiet, HostProcess.Lines("surroundings", [transport], _folder, variables));
        Assert.False(File.Exists(trace), File.Exists(trace) ? File.ReadAllText(trace) : "");
    }

    [Theory, InlineData("libtorch_cpu.so"), InlineData("libc10.so"), InlineData("libLibTorchSharp.so"), InlineData("libtorch.so.2")]
    public void A_libtorch_in_the_process_is_refused(string name)
    {
        InProcess.Require();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The stand-in is a copy of a Linux library.");
        // Any library will do: the name is what is looked for before anything is loaded.
        string library = Path.Combine(_folder, name);
        File.Copy(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so"), library);
        string said = HostProcess.Lines("second-libtorch", [library]);
        Assert.Contains($"this process has already loaded another libtorch ({library})", said);
        Assert.Contains("use a worker", said);
    }

    [Fact]
    public void A_Python_that_runs_already_is_refused()
        => Assert.Contains("this process already runs a Python that was not started here", HostProcess.Lines("second-python"));

    [Fact]
    public void A_virtual_environment_has_its_prefix_and_its_packages()
    {
        InProcess.Require();
        string venv = Path.Combine(_folder, "venv");
        string program = Path.Combine(venv, OperatingSystem.IsWindows() ? "Scripts/python.exe" : "bin/python");
        using (Process make = Process.Start(Python.Path, ["-I", "-m", "venv", "--without-pip", "--system-site-packages", venv])!)
        {
            make.WaitForExit();
        }
        Assert.SkipUnless(File.Exists(program), "This Python has no venv.");
        string[] said = HostProcess.Lines("python", [program]).Split('\n');
        Assert.Equal((program, venv), (said[0], said[1]));
        Assert.Contains(venv, said[2]);
        Assert.Equal(["1 1 1 1 False", "False"], said[3..]);
    }

    [Fact]
    public void Python_starts_as_python_minus_I_and_leaves_signals_to_dotnet()
    {
        string[] said = HostProcess.Lines("python", [PythonPath]).Split('\n');
        Assert.Equal(PythonLocator.FindLibrary(Python).Program, said[0]);
        Assert.Equal(["1 1 1 1 False", "False"], said[3..]);
    }

    static PythonCandidate Python
    {
        get
        {
            InProcess.Require();
            return PythonLocator.Locate();
        }
    }

    static string PythonPath => Python.Path;
}
