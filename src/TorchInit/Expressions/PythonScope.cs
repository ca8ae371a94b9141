namespace TorchInit.Syntax;

/// <summary>The variables of a text, of a class's <c>__init__</c>, or of a comprehension.</summary>
/// <param name="outer">The scope that is searched next.</param>
sealed class PythonScope(PythonScope? outer)
{
    readonly Dictionary<string, TorchValue> _values = new(StringComparer.Ordinal);

    public PythonScope? Outer { get; } = outer;

    /// <summary>The class whose <c>__init__</c> is running; null outside.</summary>
    public ProgramClass? Class { get; init; }

    /// <summary>The scope of the lines that called the function; null outside of one.</summary>
    public PythonScope? Caller { get; init; }

    /// <summary>Names and values in the order of their first assignment in this scope.</summary>
    public IEnumerable<KeyValuePair<string, TorchValue>> Own => _values;

    /// <summary>The scope of the text itself.</summary>
    public PythonScope Global => Outer?.Global ?? this;

    public IEnumerable<string> Names => Outer is null ? _values.Keys : _values.Keys.Concat(Outer.Names);

    /// <summary>A variable of this scope itself; null for none.</summary>
    public TorchValue? OwnValue(string name) => _values.GetValueOrDefault(name);

    public TorchValue? Find(string name) => _values.GetValueOrDefault(name) ?? Outer?.Find(name);

    /// <summary>Puts another value in the place of one, under all its names in this scope.</summary>
    public void Replace(TorchValue before, TorchValue after)
    {
        foreach ((string name, TorchValue value) in _values.ToList()) { if (ReferenceEquals(value, before)) { _values[name] = after; } }
    }

    public void Set(string name, TorchValue value) => _values[name] = value;

    /// <summary>del name; false if there is none.</summary>
    public bool Remove(string name) => _values.Remove(name);
}
