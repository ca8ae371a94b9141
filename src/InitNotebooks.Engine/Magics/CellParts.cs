namespace InitNotebooks.Engine;

/// <summary>A run of lines in one language.</summary>
/// <param name="Language">Lower case; <c>csharp</c> if the cell does not say.</param>
/// <param name="Switch">The line that selected it; null at the top.</param>
/// <param name="Text">The text; other parts' lines are empty, so that line numbers stay the same.</param>
sealed record CellPart(string Language, MagicLine? Switch, string Text)
{
    /// <summary>Splits a cell at lines that name a language; other <c>#!</c> lines stay where they are.</summary>
    public static IReadOnlyList<CellPart> Split(string code, Func<string, bool> isLanguage)
    {
        List<CellPart> parts = [];
        List<string> lines = [];
        (string language, MagicLine? chosen) = ("csharp", null);
        foreach ((int at, string line) in code.ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (MagicLine.Parse(line) is not { } magic || !isLanguage(magic.Name))
            {
                lines.Add(line);
                continue;
            }
            End();
            (language, chosen) = (magic.Name == "c#" ? "csharp" : magic.Name, magic);
            lines.AddRange(Enumerable.Repeat("", at + 1));
        }
        End();
        return parts;

        void End()
        {
            if (lines.Any(line => line.Trim().Length > 0) || chosen is { Name: not ("csharp" or "c#") })
            {
                parts.Add(new(language, chosen, string.Join('\n', lines)));
            }
            lines.Clear();
        }
    }
}
