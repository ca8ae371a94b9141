namespace TorchInit.Syntax;

/// <summary>The result of a text.</summary>
/// <param name="Module">The module of a class in the text, or the attributes of self; null if there are only variables.</param>
/// <param name="Variables">The variables that hold modules and tensors, in order.</param>
sealed record ProgramResult(TorchCall? Module, IReadOnlyList<KeyValuePair<string, TorchValue>> Variables);
