namespace TorchInit.Syntax;

/// <summary>How a parameter takes arguments.</summary>
enum Taking
{
    /// <summary>By position or name.</summary>
    Plain,

    /// <summary>By name only.</summary>
    Named,

    /// <summary>*rest: the positions that are left.</summary>
    Rest,

    /// <summary>**others: the names that are left.</summary>
    Others,
}

/// <summary>A parameter of a function of the text.</summary>
/// <param name="name">Its name.</param>
/// <param name="usual">The token at which the default starts, −1 for none.</param>
sealed class ProgramParameter(string name, int usual)
{
    public string Name { get; } = name;

    public Taking Kind { get; init; }

    public int Default { get; } = usual;

    public bool IsOptional => Default >= 0 || Kind is Taking.Rest or Taking.Others;

    /// <summary>The default's value, which Python evaluates once, where the function is defined; null where each object has its
    /// own.</summary>
    public TorchValue? Value { get; set; }

    /// <summary>Why the default is not understood.</summary>
    public TorchExpressionException? Problem { get; set; }
}
