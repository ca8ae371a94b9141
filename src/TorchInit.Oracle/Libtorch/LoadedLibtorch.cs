using System.Diagnostics;

namespace TorchInit.Oracle;

/// <summary>Looks for a libtorch that somebody else has loaded: a second one in the same process shares its symbols, and ends it.</summary>
static class LoadedLibtorch
{
    static readonly string[] s_stems = ["libtorch", "libc10", "libLibTorchSharp", "torch_cpu", "c10"];

    /// <summary>Why this process cannot have another torch, or null where it can.</summary>
    public static string? Refusal()
        => Find() is { } path ? $"this process has loaded a libtorch of its own already ({path}), and cannot hold two; ask a worker" : null;

    /// <summary>Its path, or null.</summary>
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
