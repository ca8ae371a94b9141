using System.Reflection;
using System.Runtime.Loader;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace InitNotebooks.Extensions;

/// <summary>
/// Loads extensions of .NET Interactive. Only framework types cross its border: the caller is in another load context.
/// </summary>
public static class ExtensionHost
{
    static readonly Lock s_gate = new();
    static readonly CellKernel s_cells = new();
    static CompositeKernel? s_root;

    /// <summary>Runs the extensions in an assembly, with a C# kernel under a composite one as they expect it.</summary>
    /// <param name="file">An assembly of <c>interactive-extensions/dotnet</c>.</param>
    /// <param name="run">Runs code as a cell; returns null, or why it failed.</param>
    /// <param name="show">Receives what an extension displays, by MIME type.</param>
    /// <returns>The names of the extensions that were loaded.</returns>
    /// <exception cref="InvalidOperationException">An extension failed; the message is its own.</exception>
    public static IReadOnlyList<string> Load(string file, Func<string, string?> run, Action<IReadOnlyDictionary<string, string>> show)
    {
        Assembly assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(file);
        List<string> loaded = [];
        foreach (Type type in assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IKernelExtension))))
        {
            CompositeKernel root = Root();
            s_cells.Run = run;
            using (root.KernelEvents.Subscribe(new Displays(show)))
            {
                var extension = (IKernelExtension)Activator.CreateInstance(type, nonPublic: true)!;
                KernelCommandResult result = root.SendAsync(new LoadExtension(extension)).GetAwaiter().GetResult();
                if (result.Events.OfType<CommandFailed>().FirstOrDefault() is { } failed)
                {
                    throw new InvalidOperationException(failed.Message);
                }
            }
            loaded.Add(type.Name);
        }
        return loaded;
    }

    static CompositeKernel Root()
    {
        lock (s_gate)
        {
            if (s_root is null)
            {
                CompositeKernel root = [];
                root.Add(s_cells, ["c#", "C#"]);
                root.DefaultKernelName = "csharp";
                s_root = root;
            }
            return s_root;
        }
    }

    sealed class Displays(Action<IReadOnlyDictionary<string, string>> show) : IObserver<KernelEvent>
    {
        public void OnNext(KernelEvent value)
        {
            if (value is not DisplayEvent { FormattedValues.Count: > 0 } shown) { return; }
            show(shown.FormattedValues.DistinctBy(form => form.MimeType).ToDictionary(form => form.MimeType, form => form.Value));
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
