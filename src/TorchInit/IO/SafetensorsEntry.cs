namespace TorchInit;

/// <summary>One tensor as the header describes it; <see cref="SafetensorsHeader"/> makes only consistent ones.</summary>
/// <param name="Name">Any text except <c>__metadata__</c>.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">Sizes of 0 or more.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
/// <param name="Place">Its index in the header.</param>
readonly record struct SafetensorsEntry(string Name, SafetensorsType Type, long[] Shape, long Begin, long End, int Place)
    : IComparable<SafetensorsEntry>
{
    /// <summary>Orders by data; tensors without elements, which share an offset, by their place in the header.</summary>
    public int CompareTo(SafetensorsEntry other) => (Begin, End, Place).CompareTo((other.Begin, other.End, other.Place));
}
