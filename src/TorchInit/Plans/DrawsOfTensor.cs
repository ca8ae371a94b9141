namespace TorchInit;

/// <summary>The draws of a group that touch one tensor; no two of them share an element.</summary>
sealed class DrawsOfTensor
{
    readonly List<Draw> _draws = [];

    // The contiguous parts that are touched, by first element. They do not overlap, so it is enough to check the neighbours.
    readonly SortedSet<(long First, long End)> _parts = [];
    bool _hasStrides;

    public IReadOnlyList<Draw> Draws => _draws;

    /// <summary>Whether a layout shares no element with any draw; a strided layout always counts as sharing.</summary>
    public bool IsApart(ViewLayout layout)
    {
        if (_draws.Count == 0) { return true; }
        if (_hasStrides || !layout.IsContiguous) { return false; }
        long end = layout.Offset + layout.Count;
        // A draw that starts before the end of this one must also end before its start; of those, the last ends last.
        (long First, long End) before = _parts.Max;
        if (before.First >= end) { before = _parts.GetViewBetween((long.MinValue, long.MinValue), (end - 1, long.MaxValue)).Max; }
        return before.End <= layout.Offset;
    }

    public void Add(Draw draw)
    {
        _draws.Add(draw);
        _hasStrides |= !draw.Layout.IsContiguous;
        if (draw.Layout.Count > 0) { _parts.Add((draw.Layout.Offset, draw.Layout.Offset + draw.Layout.Count)); }
    }

    public void Clear()
    {
        _draws.Clear();
        _parts.Clear();
        _hasStrides = false;
    }
}
