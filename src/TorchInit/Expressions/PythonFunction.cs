namespace TorchInit.Syntax;

/// <summary>The function that binds a call's arguments, as Python's TypeErrors name it.</summary>
/// <param name="Name">For example <c>Linear.__init__</c>; null if C++ binds the arguments, whose texts are not known.</param>
/// <param name="Unseen">Arguments that Python counts and the caller does not write, such as self.</param>
sealed record PythonFunction(string? Name, int Unseen)
{
    /// <summary>A class with its own <c>__init__</c>, or a function, whose name starts with a lower-case letter.</summary>
    public static PythonFunction Of(string name)
        => name[(name.LastIndexOf('.') + 1)..] is var last && char.IsAsciiLetterLower(last[0]) ? Plain(last) : Constructor(last);

    /// <summary>A class with its own <c>__init__</c>.</summary>
    public static PythonFunction Constructor(string name) => new($"{name}.__init__", 1);

    /// <summary>A plain function.</summary>
    public static PythonFunction Plain(string name) => new(name, 0);

    /// <summary>Python's text about this function; null if C++ has a different one.</summary>
    public string? Says(string text) => Name is null ? null : $"{Name}() {text}";

    /// <summary>A function bound in C++.</summary>
    public static PythonFunction Native { get; } = new(null, 0);
}
