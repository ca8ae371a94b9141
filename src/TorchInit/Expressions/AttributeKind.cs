namespace TorchInit.Syntax;

/// <summary>Where a module keeps an attribute: only those that are registered are in its state dict.</summary>
enum AttributeKind
{
    Plain,
    Parameter,
    Buffer,
    Module,
}
