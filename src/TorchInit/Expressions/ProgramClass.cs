namespace TorchInit.Syntax;

/// <summary>A function or method of the text.</summary>
/// <param name="Parameters">The token of the bracket after its name.</param>
/// <param name="Body">The token after its colon.</param>
/// <param name="Indent">The indentation of its line.</param>
sealed record ProgramFunction(int Parameters, int Body, int Indent)
{
    /// <summary>The class that it is a method of; null for a function.</summary>
    public ProgramClass? Class { get; init; }

    /// <summary>Whether it is a method without self.</summary>
    public bool IsStatic { get; init; }
}

/// <summary>A class of the text: the position of its <c>__init__</c>, which runs once for each module created from it.</summary>
/// <param name="name">The name as written.</param>
/// <param name="base">The base class in brackets; null for nn.Module.</param>
sealed class ProgramClass(string name, string? @base)
{
    public string Name { get; } = name;

    public string? Base { get; } = @base;

    /// <summary>The parameters after self.</summary>
    public List<ProgramParameter> Parameters { get; } = [];

    /// <summary>The token after the colon of <c>__init__</c>; −1 without one.</summary>
    public int Body { get; set; } = -1;

    /// <summary>The indentation of <c>def __init__</c>.</summary>
    public int Indent { get; set; }

    public bool IsMade { get; set; }

    /// <summary>The functions other than <c>__init__</c>, which <c>apply</c> may run.</summary>
    public Dictionary<string, ProgramFunction> Methods { get; } = new(StringComparer.Ordinal);
}
