namespace TorchInit.Syntax;

/// <summary>A call of a torch constructor or init function, for example <c>Conv2d(3, 8, 3, bias=False)</c>.</summary>
/// <remarks>Two calls are equal if they have the same name, arguments, keywords in the same order, and forward shape.</remarks>
public sealed record TorchCall : TorchValue
{
    /// <summary>The call of <paramref name="name"/> with these arguments.</summary>
    /// <param name="name">Identifiers separated by dots; drops <c>torch.nn.</c>, <c>nn.</c> and <c>torch.</c>, and <c>utils.</c> before
    /// <c>parametrizations.</c>.</param>
    /// <param name="arguments">The positional arguments; null for none. Copied.</param>
    /// <param name="keywords">The keyword arguments, each name once; null for none. Copied.</param>
    /// <param name="forward">The shape of the first input, for lazy modules; null for no forward pass. Copied.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a name torch can have, a keyword is repeated, or a size is
    /// negative.</exception>
    public TorchCall(string name, IReadOnlyList<TorchValue>? arguments = null, IReadOnlyList<TorchKeyword>? keywords = null,
        IReadOnlyList<long>? forward = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (PythonName.WhyNotCallable(name) is { } allowed)
        {
            throw new ArgumentException($"name is '{name}'; allowed: {allowed}.", nameof(name));
        }
        Name = PythonName.WithoutTorch(name);
        Arguments = TorchItems.Copy(arguments ?? []);
        Keywords = TorchItems.Copy(keywords ?? []);
        Forward = forward is null ? null : Array.AsReadOnly([.. forward]);
        if (Keywords.Count > 1 && Keywords.GroupBy(keyword => keyword.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The keyword '{twice.Key}' occurs {twice.Count()} times; allowed: once.", nameof(keywords));
        }
        if (Forward is not null && Forward.Any(size => size < 0))
        {
            throw new ArgumentException($"forward is {TensorShape.Text([.. Forward])}; allowed: sizes of 0 or more.", nameof(forward));
        }
    }

    /// <summary>The name without <c>torch.nn.</c>: <c>Linear</c>, <c>init.kaiming_normal_</c>, <c>utils.weight_norm</c>,
    /// <c>parametrizations.spectral_norm</c>.</summary>
    public string Name { get; }

    /// <summary>The positional arguments, in order.</summary>
    public IReadOnlyList<TorchValue> Arguments { get; }

    /// <summary>The keyword arguments, in the order written.</summary>
    public IReadOnlyList<TorchKeyword> Keywords { get; }

    /// <summary>
    /// The shape of a first input: <c>LazyLinear(4)(2, 3)</c> constructs the module, then calls it once with an input of shape (2, 3). Null
    /// if there is no such call.
    /// </summary>
    public IReadOnlyList<long>? Forward { get; }

    /// <inheritdoc/>
    public bool Equals(TorchCall? other) => other is not null && Name == other.Name && Arguments.SequenceEqual(other.Arguments)
        && Keywords.SequenceEqual(other.Keywords)
        && (Forward is null ? other.Forward is null : other.Forward is not null && Forward.SequenceEqual(other.Forward));

    /// <inheritdoc/>
    public override int GetHashCode()
        => HashCode.Combine(Name, TorchItems.Hash(Arguments), TorchItems.Hash(Keywords), Forward is null ? -1 : TorchItems.Hash(Forward));
}
