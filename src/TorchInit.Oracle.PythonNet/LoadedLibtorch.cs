using System.Diagnostics;

namespace TorchInit.Oracle.PythonNet;

/// <summary>Looks for a libtorch that somebody else has loaded: a second one in the same process shares its symbols, and ends it.</summary>
static class LoadedLibtorch
{
    static readonly string[] s_stems = ["libtorch", "libc10", "libLibTorchSharp", "torch_cpu", "c10"];

    /// <summary>Its path, or null.</summary>
    public static string? Find()
    {
        using Process process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().Select(module => module.FileName).FirstOrDefault(path => IsLibtorch(path));
    }

    internal static bool IsLibtorch(string path)
    {
        string name = Path.GetFileName(path);
        string stem = name.Split('.')[0];
        bool library = name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".dylib", StringComparison.Ordinal) || name.Contains(".so", StringComparison.Ordinal);
        return library && s_stems.Any(known => stem.Equals(known, StringComparison.OrdinalIgnoreCase) || stem.StartsWith($"{known}_", StringComparison.OrdinalIgnoreCase));
    }
}
