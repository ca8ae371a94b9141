namespace TorchInit.Parity;

/// <summary>Finds a place among ascending numbers at once, where a binary search takes sixteen steps: the first 16 bits of a float32 tell
/// almost always.</summary>
sealed class GridIndex
{
    const int Keys = 1 << 16;

    readonly double[] _values;
    readonly int[]? _upTo;

    /// <summary>Indexes numbers, ascending.</summary>
    public GridIndex(double[] values)
    {
        _values = values;
        if (values.Length < 64) { return; }
        _upTo = new int[Keys];
        int at = 0;
        for (int key = 0; key < Keys; key++)
        {
            while (at < values.Length && KeyOf(values[at]) <= key) { at++; }
            _upTo[key] = at - 1;
        }
    }

    /// <summary>The last of the numbers that is at most x; −1 if all are greater.</summary>
    public int UpTo(double x)
    {
        if (double.IsNaN(x)) { return -1; }
        int first = 0, end = _values.Length;
        if (_upTo is not null)
        {
            int key = KeyOf(x);
            (first, end) = (key == 0 ? 0 : _upTo[key - 1] + 1, _upTo[key] + 1);
        }
        int at = Array.BinarySearch(_values, first, end - first, x);
        return at >= 0 ? at : ~at - 1;
    }

    /// <summary>Ascending with the number.</summary>
    static int KeyOf(double value)
    {
        int bits = BitConverter.SingleToInt32Bits((float)value + 0f);
        return (bits < 0 ? ~bits : bits | int.MinValue) >>> 16;
    }
}
