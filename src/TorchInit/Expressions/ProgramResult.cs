namespace TorchInit.Syntax;

/// <summary>What a text leaves.</summary>
/// <param name="Module">The module of a class of the text, or what was given to self; null for variables only.</param>
/// <param name="Variables">Modules and tensors in variables, in order.</param>
sealed record ProgramResult(TorchCall? Module, IReadOnlyList<KeyValuePair<string, TorchValue>> Variables);
