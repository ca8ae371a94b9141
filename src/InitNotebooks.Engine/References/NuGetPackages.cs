using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace InitNotebooks.Engine;

/// <summary><c>#r "nuget: X, V"</c>: a throw-away project is restored, its assets are read. The same question is answered from the disk.</summary>
sealed class NuGetPackages
{
    /// <summary>The environment variable that moves the cache of restores.</summary>
    public const string CacheVariable = "INITNOTEBOOKS_CACHE";

    readonly SortedDictionary<string, string> _asked = new(StringComparer.OrdinalIgnoreCase);
    readonly List<string> _sources = [];

    static string Framework => $"net{Environment.Version.Major}.{Environment.Version.Minor}";

    static string Cache => Environment.GetEnvironmentVariable(CacheVariable) is { Length: > 0 } folder ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "InitNotebooks", "packages");

    public void AddSource(string source)
    {
        if (!_sources.Contains(source)) { _sources.Add(source); }
    }

    /// <exception cref="ReferenceException">A package cannot be had, or another version was asked for before.</exception>
    public RestoredPackages Restore(IEnumerable<(string Id, string? Version)> packages)
    {
        foreach ((string id, string? version) in packages)
        {
            if (_asked.TryGetValue(id, out string? before) && before != "*" && version is not null && version != before)
            {
                throw new ReferenceException($"{id} {before} is referenced already; {version} cannot be added. Restart the kernel.");
            }
            _asked[id] = version is null or "" or "*-*" ? before ?? "*" : version;
        }
        string project = Project();
        string folder = Path.Combine(Cache, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..16]);
        string assets = Path.Combine(folder, "obj", "project.assets.json");
        if (!NuGetAssets.AreComplete(assets)) { RunRestore(folder, project); }
        return NuGetAssets.Read(assets, $"{Framework}/{RuntimeInformation.RuntimeIdentifier}", _asked.Keys);
    }

    string Project()
    {
        string sources = _sources.Count == 0 ? "" : $"<RestoreAdditionalProjectSources>{SecurityElement.Escape(string.Join(';', _sources))}</RestoreAdditionalProjectSources>";
        string packages = string.Concat(_asked.Select(package => $"""<PackageReference Include="{SecurityElement.Escape(package.Key)}" Version="{SecurityElement.Escape(package.Value)}" />"""));
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{Framework}</TargetFramework>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <NuGetAudit>false</NuGetAudit>
                <NoWarn>NU1603;NU1608;NU1701</NoWarn>
                {sources}
              </PropertyGroup>
              <ItemGroup>{packages}</ItemGroup>
            </Project>
            """;
    }

    static void RunRestore(string folder, string project)
    {
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, "Packages.csproj");
        File.WriteAllText(file, project);
        // The notebook's own repository must not reach in.
        foreach (string name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" }) { File.WriteAllText(Path.Combine(folder, name), "<Project />"); }
        ProcessStartInfo start = new("dotnet", ["restore", file, "--nologo", "--verbosity", "quiet"]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        try
        {
            using Process process = Process.Start(start) ?? throw new ReferenceException("dotnet restore could not be started.");
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            process.WaitForExit();
            if (process.ExitCode == 0) { return; }
            File.Delete(file);
            throw new ReferenceException($"dotnet restore failed:\n{output.Result}{error.Result}");
        }
        catch (Win32Exception)
        {
            throw new ReferenceException("#r \"nuget: …\" needs the .NET SDK, and dotnet is not on the PATH.");
        }
    }
}
