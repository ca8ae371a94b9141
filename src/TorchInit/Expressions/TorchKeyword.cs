namespace TorchInit.Syntax;

/// <summary>A keyword argument, for example <c>bias=False</c>.</summary>
public sealed record TorchKeyword
{
    /// <summary>The argument <paramref name="name"/>=<paramref name="value"/>.</summary>
    /// <param name="name">A Python identifier.</param>
    /// <param name="value">The argument's value.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not an identifier.</exception>
    public TorchKeyword(string name, TorchValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!PythonName.IsIdentifier(name))
        {
            throw new ArgumentException($"name is '{name}'; allowed: a Python identifier.", nameof(name));
        }
        (Name, Value) = (name, value);
    }

    /// <summary>The name before the <c>=</c>.</summary>
    public string Name { get; }

    /// <summary>The value after it.</summary>
    public TorchValue Value { get; }

    /// <summary>As Python writes it: <c>bias=False</c>.</summary>
    public override string ToString() => $"{Name}={Value}";
}
