using System.Diagnostics;
using Spectre.Console;
using TorchInit.Oracle;

namespace TorchInit.Cli;

/// <summary>PyTorch's libraries, restored through NuGet, and only on request.</summary>
static class LibtorchPackage
{
    /// <summary>Finds the folder with libtorch, and downloads it if allowed.</summary>
    /// <param name="folder">The folder to use; null for NuGet's package folder.</param>
    /// <param name="mayFetch">Whether it may be downloaded.</param>
    /// <exception cref="OracleUnavailableException">It is missing, or could not be downloaded.</exception>
    public static string Provide(string? folder, bool mayFetch)
    {
        try
        {
            return LibtorchFiles.Find(folder);
        }
        catch (OracleUnavailableException) when (mayFetch && folder is null)
        {
            AnsiConsole.MarkupLineInterpolated($"Downloading {LibtorchFiles.Package} {LibtorchFiles.Version}: 128 MB, 598 MB on disk.");
            Restore();
            return LibtorchFiles.Find();
        }
    }

    static void Restore()
    {
        string project = Directory.CreateTempSubdirectory("torchinit-").FullName;
        try
        {
            string file = Path.Combine(project, "fetch.csproj");
            File.WriteAllText(file, $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><PackageDownload Include="{LibtorchFiles.Package}" Version="[{LibtorchFiles.Version}]" /></ItemGroup>
                </Project>
                """);
            string[] arguments = ["restore", file, "--nologo", "--verbosity", "quiet"];
            using Process restore = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
            string said = restore.StandardOutput.ReadToEnd().Trim();
            restore.WaitForExit();
            if (restore.ExitCode != 0)
            {
                throw new OracleUnavailableException($"{LibtorchFiles.Package} {LibtorchFiles.Version} could not be downloaded: "
                    + $"{(said.Length > 0 ? said.Split('\n')[^1] : "dotnet restore printed nothing")}", []);
            }
        }
        finally
        {
            Directory.Delete(project, recursive: true);
        }
    }
}
