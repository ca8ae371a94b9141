namespace TorchInit.Syntax;

public sealed partial class BoundArguments
{
    /// <summary>One integer per dimension, for example of a kernel: a tuple or list of <paramref name="rank"/>, or one integer for
    /// all.</summary>
    /// <param name="name">A parameter of the signature.</param>
    /// <param name="rank">The number of dimensions, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rank"/> is below 1 or above 1024.</exception>
    public long[] Longs(string name, int rank)
    {
        if (rank is < 1 or > 1024) { throw new ArgumentOutOfRangeException(nameof(rank), rank, "allowed: 1 to 1024."); }
        string allowed = $"an integer, or {rank} integer{(rank == 1 ? "" : "s")} in a tuple or list";
        if (LongOf(this[name]) is { } same) { return [.. Enumerable.Repeat(same, rank)]; }
        long[] longs = LongsOf(this[name]) ?? throw Wrong(name, allowed);
        return longs.Length == rank ? longs
            : throw new TorchArgumentException(name, this[name], allowed, "ValueError", null);
    }

    /// <summary>Integers in a tuple or list of any length; a single integer counts as a tuple of one, as in <c>LayerNorm(4)</c>.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public long[] LongOrTuple(string name)
        => LongOf(this[name]) is { } single ? [single]
            : LongsOf(this[name]) ?? throw Wrong(name, "an integer, or integers in a tuple or list");

    /// <summary>An integer, or a tuple or list of integers, such as a kernel_size or normalized_shape.</summary>
    internal Sizes Sizes(string name) => LongOf(this[name]) is { } same ? same
        : LongsOf(this[name]) ?? throw Wrong(name, "an integer, or integers in a tuple or list");

    /// <summary>A shape: integers of 0 or more in a tuple or list, <c>()</c> for a scalar.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public long[] Shape(string name) => ShapeOf(name, this[name]) ?? throw Wrong(name, "a shape: integers of 0 or more in a tuple or list");

    /// <summary>A tensor given by its shape: <c>(20, 30)</c>, or <c>(20, 30).T</c> with exactly two sizes for the transposed
    /// view.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public TensorLiteral Tensor(string name)
    {
        const string allowed = "a shape, for example (20, 30), or the view (20, 30).T of a shape with 2 sizes";
        return this[name] switch
        {
            TorchTransposed view => ShapeOf(name, view.Shape) is { Length: 2 } shape ? new(shape, true) : throw Wrong(name, allowed),
            TorchCall { Name: "empty" or "zeros" or "ones" } call
                => new(ShapeOf(name, ShapeArgument(call)) ?? throw Wrong(name, allowed), false),
            TorchValue value => new(ShapeOf(name, value) ?? throw Wrong(name, allowed), false),
        };
    }

    /// <summary>The tensor's own element type, as in <c>torch.empty(3, 5, dtype=torch.float64)</c>; null if it has none.</summary>
    internal DType? TensorDType(string name) => this[name] is TorchCall call
        && call.Keywords.FirstOrDefault(keyword => keyword.Name == "dtype")?.Value is TorchDType dtype ? dtype.Value : null;

    /// <summary>The sizes of torch.empty and similar functions.</summary>
    static TorchValue ShapeArgument(TorchCall call)
    {
        BoundArguments a = ArgumentBinder.Bind(call, "*size, dtype=None, device=None, requires_grad=False");
        return a.Items("size") is [TorchTuple or TorchList] and [var sizes] ? sizes : a["size"];
    }

    /// <summary>The items of a tuple or list, or of <c>*args</c>.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public IReadOnlyList<TorchValue> Items(string name) => ItemsOf(this[name]) ?? throw Wrong(name, "a tuple or list");

    /// <summary>Nested calls in a tuple or list, or in <c>*args</c>, as in <c>Sequential(Linear(3, 4), ReLU())</c>.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public IReadOnlyList<TorchCall> Calls(string name)
        => Items(name) is var items && items.All(item => item is TorchCall) ? [.. items.Cast<TorchCall>()]
            : throw Wrong(name, "calls, for example Linear(3, 4)");

    static IReadOnlyList<TorchValue>? ItemsOf(TorchValue value) => value switch
    {
        TorchTuple tuple => tuple.Items,
        TorchList list => list.Items,
        _ => null,
    };

    static long[]? LongsOf(TorchValue value)
    {
        long?[]? longs = ItemsOf(value)?.Select(LongOf).ToArray();
        return longs is null || longs.Contains(null) ? null : [.. longs.Select(number => number!.Value)];
    }

    long[]? ShapeOf(string name, TorchValue value)
    {
        long[]? shape = LongsOf(value);
        return shape is null || shape.All(size => size >= 0) ? shape
            : throw new TorchArgumentException(name, this[name], "sizes of 0 or more", "RuntimeError",
                $"Trying to create tensor with negative dimension {shape.First(size => size < 0)}: [{TensorShape.Listed(shape)}]");
    }
}
