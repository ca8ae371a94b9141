namespace TorchInit;

/// <summary>Compares lists by their contents; a record would compare references.</summary>
static class Sequences
{
    public static bool Equal<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? other)
        => ReferenceEquals(one, other) || one is not null && other is not null && one.SequenceEqual(other);

    public static int Hash<T>(IReadOnlyList<T>? items) => TorchItems.Hash(items ?? []);
}
