namespace TorchInit.Syntax;

/// <summary>The function that binds a call's arguments, as Python's TypeErrors name it.</summary>
/// <param name="Name">For example <c>Linear.__init__</c>; null where C++ binds, whose texts are not known.</param>
/// <param name="Unseen">Arguments that the caller does not write but Python counts, for example self.</param>
sealed record PythonFunction(string? Name, int Unseen)
{
    /// <summary>A class with an <c>__init__</c> of its own, or a function: its name starts with a small letter.</summary>
    public static PythonFunction Of(string name)
        => name[(name.LastIndexOf('.') + 1)..] is var last && char.IsAsciiLetterLower(last[0]) ? Plain(last) : Constructor(last);

    /// <summary>A class with an <c>__init__</c> of its own.</summary>
    public static PythonFunction Constructor(string name) => new($"{name}.__init__", 1);

    /// <summary>A plain function.</summary>
    public static PythonFunction Plain(string name) => new(name, 0);

    /// <summary>A text of Python's about this function; null where C++ has another.</summary>
    public string? Says(string text) => Name is null ? null : $"{Name}() {text}";

    /// <summary>Bound in C++.</summary>
    public static PythonFunction Native { get; } = new(null, 0);
}
