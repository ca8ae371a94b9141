namespace TorchInit.Oracle.PythonNet;

/// <summary>What may stand at a place of a cell.</summary>
/// <param name="Start">Where the word begins that a name replaces, in UTF-16 units.</param>
/// <param name="Names">The names.</param>
public sealed record PythonCompletion(int Start, IReadOnlyList<string> Names);
