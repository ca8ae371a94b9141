namespace TorchInit;

/// <summary>A part of a model's tensors: of n shards, each has the tensors whose first byte lies in its n-th of the bytes. Tensors stay
/// whole.</summary>
/// <param name="Index">From 1 to <paramref name="Count"/>.</param>
/// <param name="Count">How many shards the model has.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>The whole model.</summary>
    public static Shard Whole => new(1, 1);

    /// <summary>Reads <c>2/8</c>.</summary>
    /// <param name="text">Index, slash, count.</param>
    /// <exception cref="ArgumentException">It is none, or the index is not between 1 and the count.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [var index, var count] && int.TryParse(index, out int i) && int.TryParse(count, out int n) && i >= 1
            && i <= n
            ? new(i, n)
            : throw new ArgumentException($"shard is '{text}'; allowed: i/n with i from 1 to n, for example 2/8.", nameof(text));
    }

    internal IEnumerable<ParameterSpec> Of(InitPlan plan, DType dtype)
    {
        if (Index < 1 || Index > Count) { throw new ArgumentException($"shard is {this}; allowed: 1 to {Count}.", nameof(plan)); }
        Int128 total = plan.StateTensors.Aggregate(Int128.Zero, (sum, tensor) => sum + Materializer.BytesOf(tensor, dtype));
        Int128 at = 0;
        foreach (ParameterSpec tensor in plan.StateTensors)
        {
            // Tensors without bytes at the end belong to the last shard.
            int shard = total == 0 ? 1 : (int)Int128.Min(at * Count / total + 1, Count);
            if (shard == Index) { yield return tensor; }
            at += Materializer.BytesOf(tensor, dtype);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Index}/{Count}";
}
