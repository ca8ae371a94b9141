namespace TorchInit.Syntax;

/// <summary>What a module that was made before has under a name: <c>fc1.weight</c>, <c>net[0].bias</c>.</summary>
/// <param name="Owner">The module, by reference.</param>
/// <param name="Path">As in its state dict.</param>
sealed record TorchMember(TorchCall Owner, string Path) : TorchValue;
