namespace TorchInit;

/// <summary>Finds what makes a .NET string invalid Unicode.</summary>
static class UnicodeText
{
    /// <summary>The index of the first unpaired surrogate; −1 if there is none.</summary>
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
