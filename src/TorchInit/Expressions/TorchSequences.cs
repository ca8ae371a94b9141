namespace TorchInit.Syntax;

/// <summary>A tuple, such as the shape <c>(3, 4)</c>; equal to another with equal items in the same order.</summary>
public sealed record TorchTuple : TorchValue
{
    /// <summary>The tuple of these items.</summary>
    /// <param name="items">Any number; copied.</param>
    public TorchTuple(params IReadOnlyList<TorchValue> items) => Items = TorchItems.Copy(items);

    /// <summary>The items, in order.</summary>
    public IReadOnlyList<TorchValue> Items { get; }

    /// <inheritdoc/>
    public bool Equals(TorchTuple? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => TorchItems.Hash(Items);
}

/// <summary>A list, such as <c>[3, 4]</c>; equal to another with equal items in the same order, never to a tuple.</summary>
public sealed record TorchList : TorchValue
{
    /// <summary>The list of these items.</summary>
    /// <param name="items">Any number; copied.</param>
    public TorchList(params IReadOnlyList<TorchValue> items) => Items = TorchItems.Copy(items);

    /// <summary>The items, in order.</summary>
    public IReadOnlyList<TorchValue> Items { get; }

    /// <inheritdoc/>
    public bool Equals(TorchList? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => TorchItems.Hash(Items);
}

/// <summary>A dict, <c>{'a': 3}</c>, or an OrderedDict; equal to another of its kind with equal items in the same order.</summary>
public sealed record TorchDict : TorchValue
{
    /// <summary>The dict of these items.</summary>
    /// <param name="items">Any number, each key once; copied.</param>
    /// <param name="isOrdered">Whether it is a <c>collections.OrderedDict</c>, the only kind that Sequential accepts.</param>
    /// <exception cref="ArgumentException">A key is repeated, or a key or a value is null.</exception>
    public TorchDict(IReadOnlyList<KeyValuePair<string, TorchValue>> items, bool isOrdered = false)
    {
        ArgumentNullException.ThrowIfNull(items);
        (Items, IsOrdered) = (Array.AsReadOnly([.. items]), isOrdered);
        HashSet<string> keys = new(StringComparer.Ordinal);
        for (int at = 0; at < Items.Count; at++)
        {
            (string key, TorchValue value) = Items[at];
            if (key is null || value is null)
            {
                throw new ArgumentException($"items[{at}] has a {(key is null ? "key" : "value")} that is null; allowed: a string, and a "
                    + "value or TorchNone.", nameof(items));
            }
            if (!keys.Add(key)) { throw new ArgumentException($"The key '{key}' occurs twice; allowed: once.", nameof(items)); }
        }
    }

    /// <summary>The items, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, TorchValue>> Items { get; }

    /// <summary>Whether it is an OrderedDict.</summary>
    public bool IsOrdered { get; }

    /// <inheritdoc/>
    public bool Equals(TorchDict? other) => other is not null && IsOrdered == other.IsOrdered && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => TorchItems.Hash([.. Items.Select(item => item.Value)]);
}

/// <summary>The transposed view of a tensor: <c>(20, 30).T</c> is stored as 20 rows of 30 and viewed as 30 rows of 20.</summary>
/// <param name="Shape">The shape in memory, before transposing.</param>
/// <exception cref="ArgumentNullException"><paramref name="Shape"/> is null.</exception>
public sealed record TorchTransposed(TorchTuple Shape) : TorchValue
{
    /// <summary>The shape in memory, before transposing.</summary>
    public TorchTuple Shape
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Shape));
    } = Shape ?? throw new ArgumentNullException(nameof(Shape));
}

static class TorchItems
{
    public static IReadOnlyList<T> Copy<T>(IReadOnlyList<T> items)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(items);
        T[] copy = [.. items];
        return Array.IndexOf(copy, null) is var at and >= 0
            ? throw new ArgumentException($"items[{at}] is null; allowed: a value, or TorchNone.", nameof(items)) : Array.AsReadOnly(copy);
    }

    public static int Hash<T>(IReadOnlyList<T> items)
    {
        HashCode hash = new();
        foreach (T item in items) { hash.Add(item); }
        return hash.ToHashCode();
    }
}
