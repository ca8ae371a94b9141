namespace TorchInit;

/// <summary>
/// How notebook kernels find the forms of a type: by the names of this attribute, its members and those of what it points to, with no
/// reference to any kernel.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; } = ["text/html", "text/plain"];
}
