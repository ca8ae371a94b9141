using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;

namespace InitNotebooks.Engine;

/// <summary>
/// The kernel's own assemblies, in their own load context if the program has one, and the few among them that cells
/// share: those that display values, and those that are the same build as the file referenced.
/// </summary>
static class OwnAssemblies
{
    static readonly AssemblyLoadContext s_own = AssemblyLoadContext.GetLoadContext(typeof(OwnAssemblies).Assembly)!;
    static readonly Lock s_gate = new();
    static readonly Dictionary<string, Assembly> s_shared = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What cells see from the start: they show values with it, and packages that show values must mean the same types.</summary>
    public static IReadOnlyList<Assembly> Surface { get; } =
    [
        typeof(Microsoft.DotNet.Interactive.Formatting.Formatter).Assembly,
        typeof(OwnAssemblies).Assembly,
        typeof(Microsoft.AspNetCore.Html.IHtmlContent).Assembly,
    ];

    static OwnAssemblies()
    {
        foreach (Assembly assembly in Surface) { Share(assembly); }
    }

    /// <summary>From now on, its name means this assembly in cells, too.</summary>
    public static void Share(Assembly assembly)
    {
        if (s_own == AssemblyLoadContext.Default || AssemblyLoadContext.GetLoadContext(assembly) != s_own) { return; }
        lock (s_gate) { s_shared[assembly.GetName().Name!] = assembly; }
    }

    /// <summary>The assembly that cells share under this name; null if there is none.</summary>
    public static Assembly? Shared(string? name)
    {
        lock (s_gate) { return name is null ? null : s_shared.GetValueOrDefault(name); }
    }

    /// <summary>
    /// The kernel's own assembly, if the file is the same build: then a value can pass from a cell to the kernel and keep its type.
    /// </summary>
    public static Assembly? SameBuild(string path, AssemblyName name)
    {
        return Named(name.Name!) is { } own && IsBuildOf(own, path) ? own : null;
    }

    /// <summary>The kernel's own assembly of that name; null if it has none, or no load context of its own.</summary>
    public static Assembly? Named(string name)
    {
        if (s_own == AssemblyLoadContext.Default) { return null; }
        try
        {
            Assembly own = s_own.LoadFromAssemblyName(new(name));
            return AssemblyLoadContext.GetLoadContext(own) == s_own ? own : null;
        }
        catch (Exception error) when (error is IOException or BadImageFormatException) { return null; }
    }

    /// <summary>Whether a file is the same build as an assembly.</summary>
    public static bool IsBuildOf(Assembly assembly, string path) => assembly.ManifestModule.ModuleVersionId == BuildOf(path);

    /// <exception cref="ReferenceException">The file is a later version of an assembly that cells share with the kernel.</exception>
    public static void Refuse(string path, AssemblyName name)
    {
        if (Shared(name.Name) is not { } shared) { return; }
        string ours = PackageVersion.Of(shared.Location), theirs = PackageVersion.Of(path);
        if (!PackageVersion.IsLater(theirs, ours)) { return; }
        throw new ReferenceException(
            $"{name.Name} {theirs} was asked for, but this kernel shows values with {ours}: a later version cannot be loaded.");
    }

    static Guid BuildOf(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}
