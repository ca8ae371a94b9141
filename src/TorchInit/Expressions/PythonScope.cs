namespace TorchInit.Syntax;

/// <summary>The variables of a text, of a class's <c>__init__</c>, or of a comprehension.</summary>
/// <param name="outer">The scope that is searched next.</param>
sealed class PythonScope(PythonScope? outer)
{
    readonly Dictionary<string, TorchValue> _values = new(StringComparer.Ordinal);

    public PythonScope? Outer { get; } = outer;

    /// <summary>The class whose <c>__init__</c> is running; null outside.</summary>
    public ProgramClass? Class { get; init; }

    /// <summary>Names and values in the order of their first assignment in this scope.</summary>
    public IEnumerable<KeyValuePair<string, TorchValue>> Own => _values;

    public IEnumerable<string> Names => Outer is null ? _values.Keys : _values.Keys.Concat(Outer.Names);

    public TorchValue? Find(string name) => _values.GetValueOrDefault(name) ?? Outer?.Find(name);

    public void Set(string name, TorchValue value) => _values[name] = value;
}
