namespace TorchInit;

/// <summary>A view's elements as a span: the tensor's own memory if the view is contiguous, else a copy that is written back.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
readonly ref struct TargetView<T>
    where T : unmanaged
{
    readonly Span<T> _storage;
    readonly ViewLayout _layout;

    public TargetView(Span<T> storage, ViewLayout layout)
    {
        _storage = storage;
        _layout = layout;
    }

    public ReadOnlySpan<long> Shape => _layout.Shape;

    public int Count => (int)_layout.Count;

    public bool IsContiguous => _layout.IsContiguous;

    public FillExtent Extent => _layout.Extent;

    /// <summary>The memory of the whole view; only valid if <see cref="IsContiguous"/>.</summary>
    public Span<T> Contiguous => _storage.Slice((int)_layout.Offset, Count);

    /// <summary>A copy, last index fastest.</summary>
    public T[] ReadLogical() => Read(_layout.LogicalOrder());

    /// <summary>A copy in ascending memory.</summary>
    public T[] ReadMemoryOrder() => Read(_layout.MemoryOrder());

    /// <summary>Overwrites all elements, last index fastest.</summary>
    public void WriteLogical(ReadOnlySpan<T> elements) => Write(elements, _layout.LogicalOrder());

    /// <summary>Overwrites all elements in the order of torch's random fills: ascending memory.</summary>
    public void WriteMemoryOrder(ReadOnlySpan<T> elements) => Write(elements, _layout.MemoryOrder());

    T[] Read(IEnumerable<long> positions)
    {
        T[] elements = new T[Count];
        int at = 0;
        foreach (long position in positions) { elements[at++] = _storage[(int)position]; }
        return elements;
    }

    void Write(ReadOnlySpan<T> elements, IEnumerable<long> positions)
    {
        int at = 0;
        foreach (long position in positions) { _storage[(int)position] = elements[at++]; }
    }
}
