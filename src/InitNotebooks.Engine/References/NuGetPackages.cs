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

    /// <param name="source">A folder, relative to the notebook, or an address.</param>
    /// <param name="directory">The notebook's folder.</param>
    /// <exception cref="ReferenceException">There is no such folder.</exception>
    public void AddSource(string source, string directory)
    {
        bool isAddress = Uri.TryCreate(source, UriKind.Absolute, out Uri? address) && !address.IsFile;
        if (!isAddress)
        {
            string folder = Path.GetFullPath(address?.LocalPath ?? source, directory);
            source = Directory.Exists(folder) ? folder : throw new ReferenceException(
                $"#i \"nuget:{source}\": there is no folder {folder}; "
                    + "allowed: a folder of packages, or an address that begins with https://.");
        }
        if (!_sources.Contains(source)) { _sources.Add(source); }
    }

    /// <summary>Restores packages together with those already referenced.</summary>
    /// <param name="packages">As the cell names them.</param>
    /// <param name="check">Refuses assemblies that cannot be referenced.</param>
    /// <param name="use">Receives what was restored; only if it succeeds do the packages count as referenced.</param>
    /// <param name="interrupt">Cancels the restore.</param>
    /// <exception cref="ReferenceException">A package is unavailable, or another version was referenced before.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public void Restore(IEnumerable<(string Id, string? Version)> packages, Action<IEnumerable<string>> check,
        Action<RestoredPackages> use, CancellationToken interrupt)
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
        use(WithExtensionHost(restored, asked, check, interrupt));
        _asked = asked;
    }

    /// <summary>If a package has an extension assembly, what that needs is restored as well.</summary>
    RestoredPackages WithExtensionHost(RestoredPackages restored, SortedDictionary<string, string> asked, Action<IEnumerable<string>> check,
        CancellationToken interrupt)
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
            check(both.Assemblies);
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
        try
        {
            if (!NuGetAssets.AreComplete(assets)) { NuGetRestore.Run(folder, project, interrupt); }
        }
        catch (ReferenceException error) when (Failed(error.Message) is { Length: > 0 } failed)
        {
            // It would spoil every later restore.
            _sources.RemoveAll(failed.Contains);
            throw new ReferenceException($"{error.Message}\nNo longer used as a source of packages: {string.Join(", ", failed)}. After it "
                + "is repaired, name it again by #i.");
        }
        return NuGetAssets.Read(assets, $"{Framework}/{RuntimeInformation.RuntimeIdentifier}", named);
    }

    /// <summary>The sources that NuGet could not read: NU1301, or NU1302 for http without encryption. A folder may lie in
    /// another one: the longest name that a line contains is meant.</summary>
    string[] Failed(string said) => [.. said.Split('\n').Where(line => line.Contains("NU130", StringComparison.Ordinal))
        .Select(line => _sources.Where(source => line.Contains(source, StringComparison.OrdinalIgnoreCase)).MaxBy(source => source.Length))
        .OfType<string>().Distinct()];

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
