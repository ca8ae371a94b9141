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

    /// <summary>The scopes to which global and nonlocal send names.</summary>
    readonly Dictionary<string, PythonScope> _elsewhere = new(StringComparer.Ordinal);

    /// <summary>Whether it is the body of a class, which functions and comprehensions inside do not see.</summary>
    public bool IsOfClass { get; init; }

    /// <summary>global name, nonlocal name.</summary>
    public void Send(string name, PythonScope to)
    {
        if (!ReferenceEquals(to, this)) { _elsewhere[name] = to; }
    }

    /// <summary>The scope around this one that has a variable; null for none.</summary>
    public PythonScope? Around(string name) => Outer is null ? null : Outer._values.ContainsKey(name) ? Outer : Outer.Around(name);

    public TorchValue? Find(string name) => _elsewhere.TryGetValue(name, out PythonScope? other) ? other.OwnValue(name)
        : _values.GetValueOrDefault(name) ?? Outer?.Find(name);

    /// <summary>Puts another value in the place of one, under all its names in this scope.</summary>
    public void Replace(TorchValue before, TorchValue after)
    {
        foreach ((string name, TorchValue value) in _values.ToList()) { if (ReferenceEquals(value, before)) { _values[name] = after; } }
    }

    public void Set(string name, TorchValue value)
    {
        if (_elsewhere.TryGetValue(name, out PythonScope? other)) { other.Set(name, value); }
        else { _values[name] = value; }
    }

    /// <summary>del name; false if there is none.</summary>
    public bool Remove(string name) => _values.Remove(name);
}
