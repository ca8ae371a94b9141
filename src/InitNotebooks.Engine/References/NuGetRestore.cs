using System.ComponentModel;
using System.Diagnostics;

namespace InitNotebooks.Engine;

/// <summary>
/// Runs <c>dotnet restore</c> on a throw-away project. Only a successful restore gets the folder's name: a failure is retried, and two
/// kernels do not collide.
/// </summary>
static class NuGetRestore
{
    /// <exception cref="ReferenceException">It failed; the message is NuGet's.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static void Run(string folder, string project, CancellationToken interrupt)
    {
        string parent = Path.GetDirectoryName(folder)!;
        Directory.CreateDirectory(parent);
        string work = Path.Combine(parent, $".{Guid.NewGuid():N}");
        try
        {
            RestoreIn(work, project, interrupt);
            if (Directory.Exists(folder)) { Directory.Delete(folder, recursive: true); }       // its packages are gone
            Directory.Move(work, folder);
        }
        catch (IOException) when (NuGetAssets.AreComplete(Path.Combine(folder, "obj", "project.assets.json")))
        {
            // Another kernel was first.
        }
        finally
        {
            if (Directory.Exists(work)) { Directory.Delete(work, recursive: true); }
        }
    }

    static void RestoreIn(string folder, string project, CancellationToken interrupt)
    {
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, "Packages.csproj");
        File.WriteAllText(file, project);
        // The notebook's own repository must not interfere.
        foreach (string name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            File.WriteAllText(Path.Combine(folder, name), "<Project />");
        }
        ProcessStartInfo start = new("dotnet", ["restore", file, "--nologo", "--verbosity", "quiet"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        try
        {
            using Process process = Process.Start(start) ?? throw new ReferenceException("dotnet restore could not be started.");
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None),
                error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            using (interrupt.Register(() => process.Kill(entireProcessTree: true))) { process.WaitForExit(); }
            interrupt.ThrowIfCancellationRequested();
            if (process.ExitCode == 0) { return; }
            string said = (output.Result + error.Result).Replace(file + " : ", "", StringComparison.Ordinal).Trim();
            throw new ReferenceException($"dotnet restore failed:\n{said}");
        }
        catch (Win32Exception)
        {
            throw new ReferenceException("#r \"nuget: …\" needs the .NET SDK, and dotnet is not on the PATH.");
        }
    }
}
