namespace TorchInit;

/// <summary>One tensor as the header describes it; <see cref="SafetensorsHeader"/> makes only such as are consistent.</summary>
/// <param name="Name">Any text but <c>__metadata__</c>.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">Sizes of 0 or more.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
/// <param name="Place">How many are before it in the header.</param>
readonly record struct SafetensorsEntry(string Name, SafetensorsType Type, long[] Shape, long Begin, long End, int Place)
    : IComparable<SafetensorsEntry>
{
    /// <summary>By data; tensors without elements, which share an offset, in the order of the header.</summary>
    public int CompareTo(SafetensorsEntry other) => (Begin, End, Place).CompareTo((other.Begin, other.End, other.Place));
}
