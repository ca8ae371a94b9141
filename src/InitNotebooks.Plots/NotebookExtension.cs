using System.Reflection;
using System.Runtime.Loader;

namespace InitNotebooks;

/// <summary>Adds to a notebook host what it lacks.</summary>
public static class NotebookExtension
{
    const string Host = "Microsoft.DotNet.Interactive";
    const string OwnEngine = "InitNotebooks.Engine";
    const string Extension = "InitNotebooks.Interactive";

    /// <summary>
    /// Adds to .NET Interactive the directive <c>#!connect pythonnet</c>, which our own kernel has; there, and a second time, it does
    /// nothing. <c>#r "nuget: InitNotebooks"</c> calls it; a notebook that references the DLLs calls it itself.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another directive has that name, or this .NET Interactive lacks something that
    /// is needed.</exception>
    public static void Load()
    {
        Assembly[] loaded = AppDomain.CurrentDomain.GetAssemblies();
        // Our kernel also loads an assembly of that name, for packages that extend .NET Interactive.
        if (loaded.Any(assembly => assembly.GetName().Name == OwnEngine)) { return; }
        if (loaded.FirstOrDefault(assembly => assembly.GetName().Name == Host) is { } host) { LoadInto(host); }
    }

    /// <param name="host">.NET Interactive, in whatever version is loaded.</param>
    internal static void LoadInto(Assembly host)
    {
        string file = Path.Combine(Path.GetDirectoryName(typeof(NotebookExtension).Assembly.Location)!, "interactive", $"{Extension}.dll");
        // Loaded into this assembly's context: a StateDict must be the same type for cells and for the extension.
        Assembly extension = AssemblyLoadContext.GetLoadContext(typeof(NotebookExtension).Assembly)!.LoadFromAssemblyPath(file);
        try
        {
            MethodInfo load = extension.GetType($"{Extension}.InteractiveExtension", throwOnError: true)!.GetMethod(nameof(Load), [])!;
            load.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
        }
        catch (Exception error) when (error is MissingMemberException or TypeLoadException or FileLoadException or FileNotFoundException)
        {
            string lacks = $"this is {VersionOf(host)}, which lacks something: {error.Message}";
            throw new InvalidOperationException($"InitNotebooks was built for .NET Interactive {BuiltFor(extension)}; {lacks}", error);
        }
    }

    static string? VersionOf(Assembly host)
        => host.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? host.GetName().Version?.ToString();

    static string BuiltFor(Assembly extension)
        => extension.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "DotNetInteractive").Value!;
}
