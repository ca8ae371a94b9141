namespace InitNotebooks.Engine;

/// <summary>Whether a cell can run if kernels are missing, and which names it gives to later cells.</summary>
sealed class CellNeeds
{
    readonly NotebookSession _session;
    readonly HashSet<string> _lost = new(StringComparer.Ordinal);

    public CellNeeds(NotebookSession session) => _session = session;

    /// <summary>Whether a cell needs a missing kernel, an unrecorded value of one, or something that such a cell would have
    /// made.</summary>
    public bool CanRun(NotebookCell cell)
    {
        if (_session.Missing.Count == 0 && _lost.Count == 0) { return true; }
        IReadOnlyList<CellPart> parts = CellPart.Split(cell.CodeToRun, _session.IsLanguage);
        return !parts.Any(part => _session.Missing.ContainsKey(part.Language))
            && Taken(parts).All(value => !_session.Missing.ContainsKey(value.Kernel) || Recordings.Has(cell, value.Kernel, value.Name))
            && !parts.Where(part => part.Language == "csharp").SelectMany(part => CellNames.Taken(CSharp(part))).Any(_lost.Contains);
    }

    /// <summary>Notes a cell that did not run: its results are missing.</summary>
    public void Lose(NotebookCell cell) => _lost.UnionWith(Given(cell));

    /// <summary>Notes a cell that ran: its results exist.</summary>
    public void Find(NotebookCell cell)
    {
        if (_lost.Count > 0) { _lost.ExceptWith(Given(cell)); }
    }

    IEnumerable<string> Given(NotebookCell cell)
    {
        IReadOnlyList<CellPart> parts = CellPart.Split(cell.CodeToRun, _session.IsLanguage);
        foreach (CellPart part in parts.Where(part => part.Language == "csharp"))
        {
            foreach (string name in CellNames.Given(CSharp(part))) { yield return name; }
            foreach (string name in Taken([part]).Select(value => value.As)) { yield return name; }
        }
        foreach (CellPart value in parts.Where(part => part.Language == "value"))
        {
            if (value.Switch!.Options.TryGetValue("name", out string? name)) { yield return name; }
        }
    }

    static IEnumerable<(string Kernel, string Name, string As)> Taken(IEnumerable<CellPart> parts)
    {
        foreach (MagicLine magic in parts.SelectMany(part => part.Text.Split('\n')).Select(MagicLine.Parse).OfType<MagicLine>())
        {
            if (magic.Name == "share" && magic.Values is [var shared, ..] && magic.Options.TryGetValue("from", out string? from))
            {
                yield return (from, shared, magic.Options.GetValueOrDefault("as", shared));
            }
            else if (magic.Name == "set" && magic.Options.TryGetValue("name", out string? name)
                && magic.Options.TryGetValue("value", out string? value)
                && value.StartsWith('@') && value[1..].Split(':', 2) is [var kernel, var other])
            {
                yield return (kernel, other, name);
            }
        }
    }

    static string CSharp(CellPart part) => string.Join('\n', part.Text.Split('\n').Where(line => MagicLine.Parse(line) is null));
}
