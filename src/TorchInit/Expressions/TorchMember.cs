namespace TorchInit.Syntax;

/// <summary>A named attribute of an existing module: <c>fc1.weight</c>, <c>net[0].bias</c>.</summary>
/// <param name="Owner">The module, by reference.</param>
/// <param name="Path">Its name in the module's state dict.</param>
sealed record TorchMember(TorchCall Owner, string Path) : TorchValue;
