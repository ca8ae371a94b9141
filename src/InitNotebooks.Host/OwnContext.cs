using System.Reflection;
using System.Runtime.Loader;

namespace InitNotebooks.Host;

/// <summary>Where a program and its libraries are loaded; the default context is left to the framework and to what cells ask for.</summary>
/// <param name="program">Its path; <c>.deps.json</c> beside it names its libraries.</param>
sealed class OwnContext(string program) : AssemblyLoadContext("kernel")
{
    readonly AssemblyDependencyResolver _libraries = new(program);

    protected override Assembly? Load(AssemblyName assemblyName)
        => _libraries.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
        => _libraries.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
