namespace InitNotebooks.Engine;

/// <summary>What a restore gave.</summary>
/// <param name="Assemblies">Files to reference.</param>
/// <param name="NativeLibraries">Files that are loaded when they are called.</param>
/// <param name="Folders">The packages' own folders.</param>
/// <param name="Names">Of those that were asked for, with their versions.</param>
sealed record RestoredPackages(IReadOnlyList<string> Assemblies, IReadOnlyList<string> NativeLibraries, IReadOnlyList<string> Folders, IReadOnlyList<string> Names);
