namespace TorchInit.Syntax;

/// <summary>A function, method or lambda of the text.</summary>
/// <param name="Parameters">Its parameters, with self.</param>
/// <param name="Body">The token after its colon.</param>
/// <param name="Indent">The indentation of its line; −1 for a lambda.</param>
/// <param name="Scope">The variables that it sees beside its own: those of the place of its definition.</param>
sealed record ProgramFunction(IReadOnlyList<ProgramParameter> Parameters, int Body, int Indent, PythonScope Scope)
{
    /// <summary>The class that it is a method of; null for a function.</summary>
    public ProgramClass? Class { get; init; }

    /// <summary>What its decorators make of it.</summary>
    public FunctionKind Kind { get; init; }

    /// <summary>Why it cannot be called; null if it can.</summary>
    public string? Problem { get; init; }

    public bool IsLambda => Indent < 0;
}
