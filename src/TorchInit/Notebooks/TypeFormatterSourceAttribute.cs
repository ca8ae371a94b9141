namespace TorchInit;

/// <summary>
/// Lets notebook kernels find the forms of a type: they look for this attribute, its members and the members of what it points to by name,
/// so no kernel is referenced.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; } = ["text/html", "text/plain"];
}
