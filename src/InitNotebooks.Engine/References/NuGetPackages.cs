using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace InitNotebooks.Engine;

/// <summary><c>#r "nuget: X, V"</c>: restores a throw-away project and reads its assets. The same request is answered from the
/// disk.</summary>
sealed class NuGetPackages
{
    /// <summary>The environment variable that moves the cache of restores.</summary>
    public const string CacheVariable = "INITNOTEBOOKS_CACHE";

    readonly List<string> _sources = [];
    SortedDictionary<string, string> _asked = new(StringComparer.OrdinalIgnoreCase);

    static string Framework => $"net{Environment.Version.Major}.{Environment.Version.Minor}";

    static string Cache => Environment.GetEnvironmentVariable(CacheVariable) is { Length: > 0 } folder ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify), "InitNotebooks", "packages");

    public void AddSource(string source)
    {
        if (!_sources.Contains(source)) { _sources.Add(source); }
    }

    /// <summary>Restores packages together with those already referenced.</summary>
    /// <param name="packages">As the cell names them.</param>
    /// <param name="use">Receives what was restored; only if it succeeds do the packages count as referenced.</param>
    /// <param name="interrupt">Cancels the restore.</param>
    /// <exception cref="ReferenceException">A package is unavailable, or another version was referenced before.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public void Restore(IEnumerable<(string Id, string? Version)> packages, Action<RestoredPackages> use, CancellationToken interrupt)
    {
        SortedDictionary<string, string> asked = new(_asked, StringComparer.OrdinalIgnoreCase);
        foreach ((string id, string? version) in packages)
        {
            if (asked.TryGetValue(id, out string? before) && before != "*" && version is not null && version != before)
            {
                throw new ReferenceException($"{id} {before} is already referenced; {version} cannot be added. Restart the kernel.");
            }
            asked[id] = version is null or "" or "*-*" ? before ?? "*" : version;
        }
        RestoredPackages restored = Restored(asked, asked.Keys, interrupt);
        foreach ((string id, string version) in restored.Versions)
        {
            if (PackageVersion.IsExact(asked[id]) && !PackageVersion.Same(asked[id], version))
            {
                throw new ReferenceException($"{id} {asked[id]} is not available; the nearest version that is: {version}.");
            }
        }
        use(WithExtensionHost(restored, asked, interrupt));
        _asked = asked;
    }

    /// <summary>If a package has an extension assembly, what that needs is restored as well.</summary>
    RestoredPackages WithExtensionHost(RestoredPackages restored, SortedDictionary<string, string> asked, CancellationToken interrupt)
    {
        string[] extensions =
            [.. restored.Folders.SelectMany(ExtensionPackages.Assemblies).Select(file => Path.GetFileNameWithoutExtension(file))];
        if (extensions.Length == 0 || restored.Assemblies.Any(RestoredPackages.IsExtensionHost)) { return restored; }
        SortedDictionary<string, string> more = new(asked, StringComparer.OrdinalIgnoreCase)
        {
            [ExtensionPackages.Host] = ExtensionPackages.HostVersion,
        };
        try
        {
            RestoredPackages both = Restored(more, asked.Keys, interrupt);
            AssemblyReferences.Check(both.Assemblies);
            return both with { OnlyToRun = [.. both.Assemblies.Except(restored.Assemblies)] };
        }
        catch (ReferenceException error)
        {
            ExtensionPackages.Refused(string.Join(", ", extensions), error.Message, CellScope.Current?.Output);
            return restored;
        }
    }

    RestoredPackages Restored(SortedDictionary<string, string> asked, ICollection<string> named, CancellationToken interrupt)
    {
        string project = Project(asked);
        string folder = Path.Combine(Cache, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..16]);
        string assets = Path.Combine(folder, "obj", "project.assets.json");
        if (!NuGetAssets.AreComplete(assets)) { NuGetRestore.Run(folder, project, interrupt); }
        return NuGetAssets.Read(assets, $"{Framework}/{RuntimeInformation.RuntimeIdentifier}", named);
    }

    string Project(SortedDictionary<string, string> asked)
    {
        string sources = _sources.Count == 0 ? ""
            : $"<RestoreAdditionalProjectSources>{SecurityElement.Escape(string.Join(';', _sources))}</RestoreAdditionalProjectSources>";
        string packages = string.Concat(from package in asked
                                        let id = SecurityElement.Escape(package.Key)
                                        let version = SecurityElement.Escape(package.Value)
                                        select $"""<PackageReference Include="{id}" Version="{version}" />""");
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
}
