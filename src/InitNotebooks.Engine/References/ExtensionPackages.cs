using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>
/// What a package brings for notebooks of .NET Interactive, in interactive-extensions/dotnet: assemblies, which need
/// Microsoft.DotNet.Interactive itself, and an extension.dib.
/// </summary>
static class ExtensionPackages
{
    /// <summary>Restored with every package that has an extension, in the version that this kernel shows values with.</summary>
    public const string Host = "Microsoft.DotNet.Interactive";

    static MethodInfo? s_load;

    public static string HostVersion => PackageVersion.Of(OwnAssemblies.Surface[0].Location);

    public static IEnumerable<string> Assemblies(string folder)
    {
        string extensions = FolderOf(folder);
        return Directory.Exists(extensions) ? Directory.GetFiles(extensions, "*.dll").Order(StringComparer.Ordinal) : [];
    }

    public static string Script(string folder) => Path.Combine(FolderOf(folder), "extension.dib");

    /// <summary>Runs the extensions in an assembly, in the load context of the cells.</summary>
    /// <param name="file">The assembly.</param>
    /// <param name="run">Runs code as a cell; null, or why it failed.</param>
    /// <param name="output">Receives what they show, and why one failed to load.</param>
    public static void Load(string file, Func<string, string?> run, ICellOutput output)
    {
        s_load ??= AssemblyLoadContext.Default
            .LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "InitNotebooks.Extensions.dll"))
            .GetType("InitNotebooks.Extensions.ExtensionHost", throwOnError: true)!.GetMethod("Load")!;
        try
        {
            object? loaded = s_load.Invoke(null, BindingFlags.DoNotWrapExceptions, null,
                [file, run, (IReadOnlyDictionary<string, string> forms) => Show(forms, output)], null);
            foreach (string name in (IReadOnlyList<string>)loaded!)
            {
                Show(new Dictionary<string, string> { [MimeBundle.PlainText] = $"Loaded extension: {name}" }, output);
            }
        }
        catch (Exception error) when (error is not (OperationCanceledException or ThreadInterruptedException))
        {
            Refused(Path.GetFileNameWithoutExtension(file), $"{error.GetType().Name}: {error.Message}", output);
        }
    }

    /// <summary>Reports an extension that was not loaded; its package still works like any other.</summary>
    public static void Refused(string name, string reason, ICellOutput? output)
        => output?.Text("stderr", $"The notebook extension {name} is not loaded; its package is. {reason}\n");

    static void Show(IReadOnlyDictionary<string, string> forms, ICellOutput output)
        => output.Display(new(forms.Select(form => KeyValuePair.Create<string, JsonNode?>(form.Key, form.Value))),
            Guid.NewGuid().ToString(), update: false);

    static string FolderOf(string folder) => Path.Combine(folder, "interactive-extensions", "dotnet");
}
