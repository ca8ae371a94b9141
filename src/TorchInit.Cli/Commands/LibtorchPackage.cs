using System.Diagnostics;
using Spectre.Console;
using TorchInit.Oracle;

namespace TorchInit.Cli;

/// <summary>The libraries of PyTorch, fetched as NuGet fetches packages, and only when that is asked for.</summary>
static class LibtorchPackage
{
    /// <summary>The folder with libtorch.</summary>
    /// <param name="folder">Where it is; null for NuGet's folder of packages.</param>
    /// <param name="mayFetch">Whether it may be fetched.</param>
    /// <exception cref="OracleUnavailableException">It is not there, or could not be fetched.</exception>
    public static string Provide(string? folder, bool mayFetch)
    {
        try
        {
            return LibtorchFiles.Find(folder);
        }
        catch (OracleUnavailableException) when (mayFetch && folder is null)
        {
            AnsiConsole.MarkupLineInterpolated($"Fetching {LibtorchFiles.Package} {LibtorchFiles.Version}: 128 MB, 598 MB on disk.");
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
                throw new OracleUnavailableException($"{LibtorchFiles.Package} {LibtorchFiles.Version} could not be fetched: "
                    + $"{(said.Length > 0 ? said.Split('\n')[^1] : "dotnet restore said nothing")}", []);
            }
        }
        finally
        {
            Directory.Delete(project, recursive: true);
        }
    }
}
