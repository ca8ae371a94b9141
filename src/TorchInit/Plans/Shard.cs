using System.Globalization;

namespace TorchInit;

/// <summary>One of n parts of a model's tensors. The bytes of the model are divided into n equal ranges, and shard i has the tensors that
/// begin in the i-th. Tensors are never split.</summary>
/// <param name="Index">The shard: 1 to Count.</param>
/// <param name="Count">The number of shards of the model.</param>
/// <exception cref="ArgumentException">Index is not between 1 and Count.</exception>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>The shard: 1 to <see cref="Count"/>; 0 for <c>default(Shard)</c>, which is none and is refused where it is used.</summary>
    public int Index { get; init; } = Index >= 1 && Index <= Count ? Index : throw Outside(Index, Count, nameof(Index));

    /// <summary>The whole model.</summary>
    public static Shard Whole => new(1, 1);

    /// <summary>Reads <c>2/8</c>.</summary>
    /// <param name="text">Index, slash, count.</param>
    /// <exception cref="ArgumentException">The text has another form, or the index is not between 1 and the count.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [var index, var count] && IsNumber(index, out int i) && IsNumber(count, out int n) && i >= 1 && i <= n
            ? new(i, n)
            : throw new ArgumentException($"shard is '{text}'; allowed: i/n with i from 1 to n, for example 2/8.", nameof(text));
    }

    static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    internal IEnumerable<ParameterSpec> Of(InitPlan plan, DType dtype)
    {
        if (Index < 1 || Index > Count) { throw Outside("shard"); }
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

    /// <summary>The refusal of a shard that is none, such as <c>default(Shard)</c>.</summary>
    internal ArgumentException Outside(string name) => Outside(Index, Count, name);

    static ArgumentException Outside(int index, int count, string name)
    {
        string allowed = count < 1 ? "i/n with i from 1 to n, for example 1/1" : $"1/{count} to {count}/{count}";
        return new($"{name} is {index}/{count}; allowed: {allowed}.", name);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Index}/{Count}";
}
