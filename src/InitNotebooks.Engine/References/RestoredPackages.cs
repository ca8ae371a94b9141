namespace InitNotebooks.Engine;

/// <summary>What a restore gave.</summary>
/// <param name="Assemblies">Files to reference.</param>
/// <param name="NativeLibraries">Files that are loaded when they are called.</param>
/// <param name="Folders">The packages' own folders.</param>
/// <param name="Versions">Of the packages that were asked for.</param>
sealed record RestoredPackages(IReadOnlyList<string> Assemblies, IReadOnlyList<string> NativeLibraries, IReadOnlyList<string> Folders,
    IReadOnlyDictionary<string, string> Versions)
{
    /// <summary>Those among the assemblies that an extension needs, and that cells did not ask for.</summary>
    public IReadOnlyList<string> OnlyToRun { get; init; } = [];

    /// <summary>Its names are those of this kernel's own display functions: cells see these.</summary>
    public static bool IsExtensionHost(string assembly) => Path.GetFileNameWithoutExtension(assembly) == ExtensionPackages.Host;
}
