using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace InitNotebooks;

/// <summary>What a notebook host lacks, added to it.</summary>
public static class NotebookExtension
{
    const string Host = "Microsoft.DotNet.Interactive";
    const string Assembly = "InitNotebooks.Interactive";

    /// <summary>
    /// Gives .NET Interactive the directive <c>#!connect pythonnet</c>, which our own kernel has; there, and a second time, it does nothing.
    /// <c>#r "nuget: InitNotebooks"</c> calls it; a notebook that references the DLLs calls it itself.
    /// </summary>
    /// <exception cref="InvalidOperationException">Somebody else's directive has that name, or this .NET Interactive lacks something that
    /// is needed.</exception>
    public static void Load()
    {
        // Our kernel has types of these names, and no assembly of this one.
        if (!AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == Host)) { return; }
        string file = Path.Combine(Path.GetDirectoryName(typeof(NotebookExtension).Assembly.Location)!, "interactive", $"{Assembly}.dll");
        // Into the context of this assembly: a StateDict must be the same type for cells and for the extension.
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(typeof(NotebookExtension).Assembly)!;
        MethodInfo load = context.LoadFromAssemblyPath(file).GetType($"{Assembly}.InteractiveExtension")!.GetMethod(nameof(Load), [])!;
        try
        {
            load.Invoke(null, null);
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
        }
    }
}
