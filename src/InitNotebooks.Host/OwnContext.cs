using System.Reflection;
using System.Runtime.Loader;

namespace InitNotebooks.Host;

/// <summary>The load context of a program and its libraries; the default context is left to the framework and cells' references.</summary>
/// <param name="program">The program's path; the <c>.deps.json</c> beside it names its libraries.</param>
sealed class OwnContext(string program) : AssemblyLoadContext("kernel")
{
    readonly AssemblyDependencyResolver _libraries = new(program);

    protected override Assembly? Load(AssemblyName assemblyName)
        => _libraries.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
        => _libraries.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
