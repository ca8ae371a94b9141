namespace TorchInit;

/// <summary>Where the elements of a view lie in its tensor; checked to be inside it and not to overlap.</summary>
readonly struct ViewLayout
{
    readonly long[] _strides;

    ViewLayout(long offset, long[] shape, long[] strides, long count)
        => (Offset, Shape, _strides, Count, IsContiguous) = (offset, shape, strides, count, IsRowMajor(shape, strides, count));

    public long Offset { get; }

    public long[] Shape { get; }

    public long Count { get; }

    /// <summary>Torch's rule: the strides of a row-major tensor; those of sizes 1 do not matter.</summary>
    public bool IsContiguous { get; }

    /// <summary>The extent that a fill of the view covers.</summary>
    public FillExtent Extent => new(Count, IsContiguous, IsContiguous ? 0 : Reach());

    /// <summary>The layout of <paramref name="target"/> in a tensor of <paramref name="tensorShape"/>.</summary>
    /// <exception cref="ArgumentException">Sizes and strides do not match, leave the tensor, or overlap.</exception>
    public static ViewLayout Of(StepTarget target, ReadOnlySpan<long> tensorShape) => Of(target, tensorShape, mayOverlap: false);

    /// <summary>The layout of a source, which is only read: an element may be repeated, as in torch's <c>expand</c>.</summary>
    /// <exception cref="ArgumentException">Sizes and strides do not match, or leave the tensor.</exception>
    public static ViewLayout OfSource(StepTarget source, ReadOnlySpan<long> tensorShape) => Of(source, tensorShape, mayOverlap: true);

    static ViewLayout Of(StepTarget target, ReadOnlySpan<long> tensorShape, bool mayOverlap)
    {
        long tensorCount = TensorShape.CountOrThrow(tensorShape);
        long[] shape = target.Shape is null ? tensorShape.ToArray() : [.. target.Shape];
        long[] strides = target.Strides is null ? RowMajor(shape) : [.. target.Strides];
        if (target.Offset < 0 || strides.Length != shape.Length || target.Strides is not null && strides.Any(stride => stride < 0))
        {
            throw new ArgumentException($"view {target} is malformed; allowed: an offset of 0 or more, one stride of 0 or more per size.",
                nameof(target));
        }
        long count = TensorShape.CountOrThrow(shape);
        Int128 last = target.Offset;
        for (int dim = 0; dim < shape.Length && count > 0; dim++) { last += (Int128)(shape[dim] - 1) * strides[dim]; }
        if (count > 0 && last >= tensorCount)
        {
            throw new ArgumentException($"view {target} reaches element {last}; the tensor has {tensorCount}.", nameof(target));
        }
        ViewLayout layout = new(count == 0 ? 0 : target.Offset, shape, strides, count);        // without elements it may begin anywhere
        if (!mayOverlap && count > 1 && target.Strides is not null && layout.Overlaps())
        {
            throw new ArgumentException($"view {target} overlaps itself: two of its elements share memory; allowed: no overlap.",
                nameof(target));
        }
        return layout;
    }

    /// <summary>Whether a position of the tensor belongs to the view: each stride steps over all smaller dimensions, so division finds the
    /// only possible index.</summary>
    public bool Contains(long position)
    {
        long[] strides = _strides, shape = Shape;
        long rest = position - Offset;
        if (rest < 0 || Count == 0) { return false; }
        foreach (int dim in Enumerable.Range(0, shape.Length).Where(dim => shape[dim] > 1).OrderByDescending(dim => strides[dim]))
        {
            long index = Math.Min(rest / strides[dim], shape[dim] - 1);
            rest -= index * strides[dim];
        }
        return rest == 0;
    }

    /// <summary>The elements' positions in the tensor, last index fastest.</summary>
    public IEnumerable<long> LogicalOrder() => Positions([.. Enumerable.Range(0, Shape.Length)]);

    /// <summary>The elements' positions in the order in which torch fills them: dimensions from the largest stride to the
    /// smallest.</summary>
    public IEnumerable<long> MemoryOrder()
    {
        long[] strides = _strides;
        return Positions([.. Enumerable.Range(0, Shape.Length).OrderByDescending(dim => strides[dim])]);
    }

    IEnumerable<long> Positions(int[] order)
    {
        long[] index = new long[Shape.Length];
        long position = Offset;
        for (long left = Count; left > 0; left--)
        {
            yield return position;
            for (int at = order.Length - 1; at >= 0; at--)
            {
                int dim = order[at];
                position += _strides[dim];
                if (++index[dim] < Shape[dim]) { break; }
                position -= index[dim] * _strides[dim];
                index[dim] = 0;
            }
        }
    }

    long Reach()
    {
        long reach = 1;
        for (int dim = 0; dim < Shape.Length; dim++) { reach += (Shape[dim] - 1) * _strides[dim]; }
        return reach;
    }

    /// <summary>A sufficient condition for what plans need: sorted by stride, each stride must step over all smaller dimensions.</summary>
    bool Overlaps()
    {
        long[] shape = Shape;
        long[] strides = _strides;
        long reach = 0;
        foreach (int dim in Enumerable.Range(0, shape.Length).Where(dim => shape[dim] > 1).OrderBy(dim => strides[dim]))
        {
            if (strides[dim] <= reach) { return true; }
            reach += (shape[dim] - 1) * strides[dim];
        }
        return false;
    }

    /// <summary>Whether the elements lie one after the other; sizes of 1 do not matter; a view without elements always qualifies.</summary>
    public static bool IsRowMajor(long[] shape, long[] strides, long count)
    {
        long expected = 1;
        for (int dim = shape.Length - 1; dim >= 0; dim--)
        {
            if (shape[dim] != 1 && strides[dim] != expected) { return count == 0; }
            expected *= shape[dim];
        }
        return true;
    }

    static long[] RowMajor(long[] shape)
    {
        long[] strides = new long[shape.Length];
        if (shape.Contains(0)) { return strides; }
        long stride = 1;
        for (int dim = shape.Length - 1; dim >= 0; dim--)
        {
            strides[dim] = stride;
            stride *= shape[dim];
        }
        return strides;
    }
}
