namespace TorchInit.Syntax;

/// <summary>A function of the text, which <c>apply</c> runs on each module.</summary>
/// <param name="Parameters">The bracket behind its name.</param>
/// <param name="Body">The word behind its colon.</param>
/// <param name="Indent">How far its line is indented.</param>
sealed record ProgramFunction(int Parameters, int Body, int Indent);

/// <summary>A class of the text: where its <c>__init__</c> is, which runs once for each module that is made of it.</summary>
/// <param name="name">As it is written.</param>
/// <param name="base">The class in brackets behind the name; null for nn.Module.</param>
sealed class ProgramClass(string name, string? @base)
{
    public string Name { get; } = name;

    public string? Base { get; } = @base;

    /// <summary>The parameters behind self; where the default of one begins, −1 for none.</summary>
    public List<(string Name, int Default)> Parameters { get; } = [];

    /// <summary>The word behind the colon of <c>__init__</c>; −1 without one.</summary>
    public int Body { get; set; } = -1;

    /// <summary>How far the line of <c>def __init__</c> is indented.</summary>
    public int Indent { get; set; }

    public bool IsMade { get; set; }

    /// <summary>The functions besides <c>__init__</c>, which <c>apply</c> may run.</summary>
    public Dictionary<string, ProgramFunction> Methods { get; } = new(StringComparer.Ordinal);
}
