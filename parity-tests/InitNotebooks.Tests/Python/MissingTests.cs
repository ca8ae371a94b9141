namespace InitNotebooks.Tests.Python;

/// <summary>A machine that has no Python for cells, and a Python cell that ends the process.</summary>
public class MissingTests
{
    [Fact]
    public void Under_a_front_end_the_cells_say_what_is_missing()
    {
        using KernelProcess kernel = new(("TORCHINIT_PYTHON", "/nowhere/python"));
        CellReply reply = kernel.Run("#!connect pythonnet --kernel-name python");
        Assert.Equal("MagicError", reply.ErrorName);
        Assert.Contains("#!connect pythonnet: No Python with torch was found", reply.ErrorMessage);
        Assert.Contains("/nowhere/python (TORCHINIT_PYTHON): not found", reply.ErrorMessage);
        Assert.Contains("There is no kernel #!python here: No Python with torch was found", kernel.Run("#!python\n1").ErrorMessage);
        Assert.Contains("There is no kernel #!python here", kernel.Run("#!share x --from python").ErrorMessage);
        Assert.Equal("2", kernel.Run("1 + 1").Result);
    }

    [Fact]
    public void Before_connect_the_cells_say_which_line_connects()
    {
        using KernelProcess kernel = new();
        const string Line = "#!connect pythonnet --kernel-name python";
        Assert.EndsWith(Line, kernel.Run("#!python\nprint(1)").ErrorMessage, StringComparison.Ordinal);
        Assert.EndsWith(Line, kernel.Run("#!share x --from python").ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("allowed: #!csharp", kernel.Run("#!pyhton\n1").ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Python_without_torch_and_one_without_a_library_say_so()
    {
        using Files files = new();
        string without = Script(files, "without-torch", "echo torchinit 3.11.2 False");
        using KernelProcess kernel = new(("TORCHINIT_PYTHON", without));
        Assert.Contains("no torch: ModuleNotFoundError", kernel.Run("#!connect pythonnet --kernel-name python").ErrorMessage);
        // It is found, and answers that its library lies nowhere.
        string still = Script(files, "without-library", """
            case "$*" in
              *find_spec*) echo torchinit 3.11.2 True ;;
              *) echo '{"program": "/usr/bin/python3", "full": "3.11.2", "names": ["libpython3.11.so.1.0"],'
                 echo '"folders": ["/lib"], "free": false, "library": null, "size": 0}' ;;
            esac
            """);
        string said = kernel.Run($"#!connect pythonnet --kernel-name python --python {still}").ErrorMessage;
        Assert.Contains("libpython3.11.so.1.0 is in none of /lib; Debian and Ubuntu: apt-get install libpython3.11", said);
    }

    [Fact]
    public void Where_there_is_a_Python_no_failure_is_called_a_lack()
    {
        PythonInProcess.Require();
        Assert.False(TorchInit.Cli.PythonNetKernel.IsLack(new("OracleUnavailableException", "another libtorch is loaded", [])));
    }

    [Fact]
    public void A_Python_cell_that_ends_the_process_is_an_error_of_the_cell()
    {
        PythonInProcess.Require();
        using Files files = new();
        string path = files.Write("a.dib",
            "#!csharp\n#!connect pythonnet --kernel-name python\n\n#!csharp\n#!python\nimport os\nos._exit(3)\n");
        (int code, string output) = Cli.Run("notebook", "run", path, "-o", files.Path("b.ipynb"));
        Assert.Equal(1, code);
        Assert.Contains("failed: ProcessEnded: The cell ended the process that ran it: exit code 3", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_front_end_what_was_recorded_is_shown_and_counted()
    {
        PythonInProcess.Require();
        using Files files = new();
        string path = files.Write("a.dib", """
            #!csharp
            #!connect pythonnet --kernel-name python

            #!csharp
            Console.WriteLine("C#");
            #!python
            import torch
            torch.manual_seed(0)
            weight = torch.nn.Linear(4, 2).weight
            print("torch's")

            #!csharp
            #!share weight --from python
            Console.WriteLine(weight.GetType());
            """);
        string written = files.Path("b.ipynb");
        (int code, string output) = Cli.Run("notebook", "run", path, "-o", written);
        Assert.True(code == 0, output);
        Assert.Contains("a.dib: 4 cells passed", output, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run("notebook", "run", written, "--check").Code);
        foreach (string[] more in (string[][])[["--check"], ["-o", files.Path("c.ipynb")]])
        {
            (code, output) = Cli.Run("dotnet", [Cli.Program, "notebook", "run", written, .. more], ("TORCHINIT_PYTHON", "/nowhere/python"));
            Assert.True(code == 0, output);
            Assert.Contains("b.ipynb: 2 cells passed, 2 recorded", output, StringComparison.Ordinal);
        }
        string shown = File.ReadAllText(files.Path("c.ipynb"));
        Assert.Contains("Recorded with Python 3", shown, StringComparison.Ordinal);
        Assert.Contains("weight of #!python: recorded with Python 3", shown, StringComparison.Ordinal);
        Assert.Contains("/nowhere/python (TORCHINIT_PYTHON): not found", shown, StringComparison.Ordinal);
    }

    static string Script(Files files, string name, string body)
    {
        string path = files.Write(name, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute); }
        return path;
    }
}
