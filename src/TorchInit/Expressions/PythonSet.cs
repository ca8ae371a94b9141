namespace TorchInit.Syntax;

/// <summary>A set: what is in it is known, its order is not.</summary>
sealed record PythonSet : TorchValue
{
    public PythonSet(IEnumerable<TorchValue> items)
    {
        List<TorchValue> own = [];
        foreach (TorchValue item in items) { if (!Has(own, item)) { own.Add(item); } }
        Items = own;
    }

    /// <summary>Different values, in the order of the text.</summary>
    public IReadOnlyList<TorchValue> Items { get; }

    /// <summary>The same items as another object, which changes by itself.</summary>
    PythonSet(PythonSet other)
        : base(other) => Items = other.Items;

    public bool Contains(TorchValue item) => Has(Items, item);

    /// <summary>Whether all of it is in another.</summary>
    public bool IsIn(PythonSet other) => Items.All(other.Contains);

    /// <summary>left | right and its like; null for another operator.</summary>
    public static PythonSet? Of(string symbol, PythonSet left, PythonSet right) => symbol switch
    {
        "|" => new(left.Items.Concat(right.Items)),
        "&" => new(left.Items.Where(right.Contains)),
        "-" => new(left.Items.Where(item => !right.Contains(item))),
        "^" => new(left.Items.Where(item => !right.Contains(item)).Concat(right.Items.Where(item => !left.Contains(item)))),
        _ => null,
    };

    /// <summary>Whether a value is followed as an item: Python's hash and == of modules are those of the object itself.</summary>
    public static bool CanHave(TorchValue item) => item is TorchNone or TorchBool or TorchInt or TorchFloat or TorchString or TorchDType
        or PythonCallable || item is TorchTuple tuple && tuple.Items.All(CanHave);

    static bool Has(IReadOnlyList<TorchValue> items, TorchValue item)
        => items.Any(one => new PythonArgument("", one).IsEqualTo(new("", item)));
}
