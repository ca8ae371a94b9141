using System.Reflection;
using System.Runtime.Loader;

namespace InitNotebooks.Engine;

/// <summary>
/// Assemblies that the framework also has, in an earlier version, such as System.Text.Json: the default context cannot load them, so they
/// have a context of their own, and each reference to the later version leads there.
/// </summary>
sealed class LaterThanFramework() : AssemblyLoadContext("later than the framework")
{
    static readonly string s_folder = Path.GetDirectoryName(typeof(object).Assembly.Location) + Path.DirectorySeparatorChar;
    static readonly Dictionary<string, string> s_framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Where(path => path.StartsWith(s_folder, StringComparison.Ordinal))
        .Distinct()      // CoreLib is listed twice
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);

    readonly Dictionary<string, Assembly> _assemblies = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Like the default context, there is one per process.</summary>
    public static LaterThanFramework Context { get; } = new();

    /// <summary>The framework's version of an assembly; null if it has none.</summary>
    public static Version? FrameworkVersion(AssemblyName name)
        => s_framework.GetValueOrDefault(name.Name!) is { } path ? AssemblyName.GetAssemblyName(path).Version : null;

    /// <summary>The framework's version if it is late enough; otherwise the file.</summary>
    public Assembly Load(string path, AssemblyName name)
    {
        if (FrameworkVersion(name) >= name.Version) { return Default.LoadFromAssemblyName(new(name.Name!)); }
        return Loaded(name) ?? (_assemblies[name.Name!] = LoadFromAssemblyPath(path));
    }

    /// <summary>An assembly in any version.</summary>
    public Assembly? Loaded(AssemblyName name) => _assemblies.GetValueOrDefault(name.Name!);

    /// <summary>Null if there is none, or only an earlier version.</summary>
    public Assembly? Find(AssemblyName name)
        => Loaded(name) is { } assembly && !(name.Version > assembly.GetName().Version) ? assembly : null;

    protected override Assembly? Load(AssemblyName assemblyName) => Find(assemblyName);
}
