namespace TorchInit;

/// <summary>Lists compared by what is in them: a record would compare which list it is.</summary>
static class Sequences
{
    public static bool Equal<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? other)
        => ReferenceEquals(one, other) || one is not null && other is not null && one.SequenceEqual(other);

    public static int Hash<T>(IReadOnlyList<T>? items) => TorchItems.Hash(items ?? []);
}
