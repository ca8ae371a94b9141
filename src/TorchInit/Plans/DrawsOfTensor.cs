namespace TorchInit;

/// <summary>The draws of a group that touch one tensor: none of them touches another's elements.</summary>
sealed class DrawsOfTensor
{
    readonly List<Draw> _draws = [];

    // The parts that are touched, by their first element; between two neighbours nothing overlaps, so that only they are looked at.
    readonly SortedSet<(long First, long End)> _parts = [];
    bool _hasStrides;

    public IReadOnlyList<Draw> Draws => _draws;

    /// <summary>Whether a layout touches no element of any draw; one with strides is apart from nothing.</summary>
    public bool IsApart(ViewLayout layout)
    {
        if (_draws.Count == 0) { return true; }
        if (_hasStrides || !layout.IsContiguous) { return false; }
        long end = layout.Offset + layout.Count;
        // A draw that starts before the end of this one must end before it starts: the last of them ends last.
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
