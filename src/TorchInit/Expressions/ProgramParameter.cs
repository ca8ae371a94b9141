namespace TorchInit.Syntax;

/// <summary>A parameter of a class's <c>__init__</c>.</summary>
/// <param name="name">Its name.</param>
/// <param name="usual">The token at which the default starts, −1 for none.</param>
sealed class ProgramParameter(string name, int usual)
{
    public string Name { get; } = name;

    public int Default { get; } = usual;

    /// <summary>The default's value if it may be shared or draw: Python evaluates it once, where the class is defined.</summary>
    public TorchValue? Value { get; set; }
}
