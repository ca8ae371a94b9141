namespace InitNotebooks.Engine;

/// <summary>The result of a restore.</summary>
/// <param name="Assemblies">Files to reference.</param>
/// <param name="NativeLibraries">Files that are loaded on their first call.</param>
/// <param name="Folders">The packages' own folders.</param>
/// <param name="Versions">The versions of the requested packages.</param>
sealed record RestoredPackages(IReadOnlyList<string> Assemblies, IReadOnlyList<string> NativeLibraries, IReadOnlyList<string> Folders,
    IReadOnlyDictionary<string, string> Versions)
{
    /// <summary>The assemblies that an extension needs and cells did not ask for.</summary>
    public IReadOnlyList<string> OnlyToRun { get; init; } = [];

    /// <summary>Its names are those of this kernel's display functions, which cells see instead.</summary>
    public static bool IsExtensionHost(string assembly) => Path.GetFileNameWithoutExtension(assembly) == ExtensionPackages.Host;
}
