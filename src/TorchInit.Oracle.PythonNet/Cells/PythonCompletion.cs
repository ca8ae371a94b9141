namespace TorchInit.Oracle.PythonNet;

/// <summary>The completions at a position in a cell.</summary>
/// <param name="Start">Where the word begins that a name replaces, in UTF-16 units.</param>
/// <param name="Names">The completions.</param>
public sealed record PythonCompletion(int Start, IReadOnlyList<string> Names);
