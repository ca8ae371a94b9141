namespace TorchInit.Syntax;

/// <summary>A class or function as a value: <c>norm_layer=nn.BatchNorm2d</c>. It may stand in variables, lists and arguments of the text's
/// own functions; a torch call takes none.</summary>
/// <param name="Name">The name as written, without the prefixes of torch.</param>
abstract record PythonCallable(string Name) : TorchValue;

/// <summary>A class or function of torch, or a type of Python: <c>Linear</c>, <c>init.zeros_</c>, <c>int</c>.</summary>
sealed record TorchName(string Name) : PythonCallable(Name);

/// <summary>A class of the text.</summary>
sealed record ClassName(ProgramClass Class) : PythonCallable(Class.Name);

/// <summary>A function, method or lambda of the text.</summary>
/// <param name="Function">The function.</param>
/// <param name="Name">Its name.</param>
/// <param name="Self">The object or class that it is bound to; null for a function.</param>
sealed record FunctionName(ProgramFunction Function, string Name, TorchValue? Self) : PythonCallable(Name);

/// <summary>functools.partial: a callable with its first arguments.</summary>
sealed record PartialName(PythonCallable Target, IReadOnlyList<TorchValue> Arguments, IReadOnlyList<TorchKeyword> Keywords)
    : PythonCallable(Target.Name);
