namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    // The decorators of the next def or class: names, and functions of the text.
    readonly List<string> _decorators = [];
    readonly List<PythonCallable> _wrappers = [];

    // Decorators that change neither what a function does nor what a class makes.
    static readonly string[] s_plain = ["staticmethod", "classmethod", "property", "dataclass", "no_grad", "inference_mode", "enable_grad",
        "abstractmethod", "override", "overload", "final", "autocast", "register_model", "script_method", "export", "ignore", "unused",
        "script", "compile", "setter", "deprecated", "add_start_docstrings"];

    /// <summary>@decorator: kept for the def or class that follows.</summary>
    void Decorator()
    {
        ExpressionToken start = Take();
        if (Current.Kind == TokenKind.Name && _scope.Find(Text(Current)) is PythonCallable)
        {
            TorchValue value = Value();
            Make(value);
            _wrappers.Add(value as PythonCallable ?? throw Error(start, "expected a function as a decorator"));
        }
        else if (Current.Kind == TokenKind.Name) { _decorators.Add(DottedName()); }
        SkipLine();
    }

    /// <summary>The decorator that is not followed, if there is one, and those of the text, the nearest first.</summary>
    (string? Unknown, List<PythonCallable> Wrappers) Decorators()
    {
        string? unknown = _decorators.Find(name => Array.IndexOf(s_plain, LastPart(name)) < 0);
        List<PythonCallable> wrappers = [.. Enumerable.Reverse(_wrappers)];
        _decorators.Clear();
        _wrappers.Clear();
        return (unknown, wrappers);
    }

    /// <summary>What decorators of the text make of a function or class.</summary>
    TorchValue Wrapped(ExpressionToken at, TorchValue value, List<PythonCallable> wrappers)
    {
        foreach (PythonCallable wrapper in wrappers)
        {
            value = Invoke(wrapper, at, [value], []);
            Make(value);
        }
        return value;
    }

    FunctionKind KindOfFunction() => _decorators.LastOrDefault(name => name is "staticmethod" or "classmethod" or "property") switch
    {
        "staticmethod" => FunctionKind.Static,
        "classmethod" => FunctionKind.OfClass,
        "property" => FunctionKind.Property,
        _ => FunctionKind.Plain,
    };
}
