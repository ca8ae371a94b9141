namespace TorchInit.Syntax;

/// <summary>A class of the text: the position of its <c>__init__</c>, which runs once for each object created from it.</summary>
/// <param name="name">The name as written.</param>
/// <param name="ancestors">The classes that it derives from, in the order in which Python looks through them.</param>
/// <param name="isModule">Whether it derives from nn.Module.</param>
sealed class ProgramClass(string name, IReadOnlyList<ProgramBase> ancestors, bool isModule)
{
    public string Name { get; } = name;

    public IReadOnlyList<ProgramBase> Ancestors { get; } = ancestors;

    /// <summary>Whether its objects are modules; other objects have attributes, and no tensors in a state dict.</summary>
    public bool IsModule { get; } = isModule;

    /// <summary>The parameters after self.</summary>
    public List<ProgramParameter> Parameters { get; } = [];

    /// <summary>The token after the colon of <c>__init__</c>; −1 without one.</summary>
    public int Body { get; set; } = -1;

    /// <summary>The indentation of <c>def __init__</c>.</summary>
    public int Indent { get; set; }

    /// <summary>Whether each parameter becomes an attribute: a dataclass.</summary>
    public bool IsRecord { get; set; }

    public bool IsMade { get; set; }

    /// <summary>Why its objects cannot be made; null if they can.</summary>
    public string? Problem { get; set; }

    /// <summary>The variables that its functions see beside their own: those of the place of its definition.</summary>
    public required PythonScope Scope { get; init; }

    /// <summary>What its body assigns, as attributes of the class.</summary>
    public required PythonScope Attributes { get; init; }

    /// <summary>The fields of a dataclass begin with those of the classes that it derives from, the farthest first.</summary>
    public void InheritFields()
    {
        foreach (ProgramParameter field in Ancestors.Reverse()
            .SelectMany(one => one.Class is { IsRecord: true } known ? known.Parameters : []))
        {
            int at = Parameters.FindIndex(own => own.Name == field.Name);
            if (at >= 0) { Parameters[at] = field; }
            else { Parameters.Add(field); }
        }
    }

    /// <summary>The functions other than <c>__init__</c>.</summary>
    public Dictionary<string, ProgramFunction> Methods { get; } = new(StringComparer.Ordinal);
}
