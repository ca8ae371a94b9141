namespace InitNotebooks.Engine;

/// <summary>Jupyter counts code points, C# strings count UTF-16 units: they differ from the first emoji on.</summary>
static class CodePoints
{
    public static int ToUtf16(string text, int codePoints)
    {
        int at = 0;
        for (; codePoints > 0 && at < text.Length; codePoints--) { at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1; }
        return at;
    }

    public static int Of(string text, int utf16) => text.AsSpan(0, Math.Clamp(utf16, 0, text.Length)).ToArray()
        .Count(unit => !char.IsLowSurrogate(unit));
}
