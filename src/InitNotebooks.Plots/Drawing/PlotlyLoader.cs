using System.Reflection;
using System.Runtime.Loader;

namespace InitNotebooks;

/// <summary>
/// Plotly.NET in its own load context: it needs FSharp.Core 10.1, and a host's older one would win in the default
/// context.
/// </summary>
static class PlotlyLoader
{
    const string Inner = "InitNotebooks.Plots.Plotly";

    static readonly Lazy<Type> s_border = new(Load);

    public static string FigureJson(IReadOnlyList<(string, IReadOnlyList<(string, object)>)> traces, IReadOnlyList<(string, object)> layout)
        => (string)s_border.Value.GetMethod("FigureJson")!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [traces, layout], null)!;

    public static string CompressedScript()
        => (string)s_border.Value.GetMethod("CompressedScript")!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [], null)!;

    static Type Load()
    {
        // Within a single-file program, an assembly has no location.
        Assembly own = typeof(PlotlyLoader).Assembly;
        string folder = Path.Combine(own.Location.Length > 0 ? Path.GetDirectoryName(own.Location)! : AppContext.BaseDirectory, "plotly");
        string path = Path.Combine(folder, $"{Inner}.dll");
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path} is missing; {own.GetName().Name}.dll is shipped with it.", path);
        }
        return new OwnContext(folder).LoadFromAssemblyPath(path).GetType($"{Inner}.PlotlyBorder", throwOnError: true)!;
    }

    sealed class OwnContext(string folder) : AssemblyLoadContext(Inner)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
            => Path.Combine(folder, $"{assemblyName.Name}.dll") is var path && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
