namespace TorchInit;

/// <summary>What makes a .NET string no Unicode text.</summary>
static class UnicodeText
{
    /// <summary>The index of the first surrogate without its other half; −1 when there is none.</summary>
    public static int LoneSurrogate(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) { continue; }
            if (at + 1 == text.Length || !char.IsSurrogatePair(text, at)) { return at; }
            at++;
        }
        return -1;
    }
}
