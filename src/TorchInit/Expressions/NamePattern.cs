namespace TorchInit.Syntax;

/// <summary>The target of a loop or an assignment: a name, or several targets, of which one may take the rest.</summary>
/// <param name="Name">The name; null for several.</param>
/// <param name="Parts">The targets; null for a name.</param>
/// <param name="IsRest">Whether it follows a star.</param>
sealed record NamePattern(string? Name, IReadOnlyList<NamePattern>? Parts, bool IsRest = false);
