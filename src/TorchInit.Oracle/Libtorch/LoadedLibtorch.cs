using System.Diagnostics;

namespace TorchInit.Oracle;

/// <summary>Looks for a libtorch that other code has loaded: a second one in the same process shares its symbols and crashes it.</summary>
static class LoadedLibtorch
{
    static readonly string[] s_stems = ["libtorch", "libc10", "libLibTorchSharp", "torch_cpu", "c10"];

    /// <summary>Why this process cannot load another torch; null if it can.</summary>
    public static string? Refusal()
        => Find() is { } path ? $"this process has already loaded another libtorch ({path}) and cannot hold two; use a worker" : null;

    /// <summary>The path of the loaded libtorch, or null.</summary>
    static string? Find()
    {
        using Process process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().Select(module => module.FileName).FirstOrDefault(path => IsLibtorch(path));
    }

    internal static bool IsLibtorch(string path)
    {
        string name = Path.GetFileName(path);
        string stem = name.Split('.')[0];
        const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;
        bool library = name.EndsWith(".dll", AnyCase) || name.EndsWith(".dylib", AnyCase) || name.Contains(".so", AnyCase);
        return library && s_stems.Any(known => stem.Equals(known, AnyCase) || stem.StartsWith($"{known}_", AnyCase));
    }
}
