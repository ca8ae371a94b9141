namespace TorchInit;

/// <summary>The four words of one draw of <see cref="Philox"/>.</summary>
readonly record struct PhiloxWords(uint W0, uint W1, uint W2, uint W3)
{
    public uint this[int index] => index switch { 0 => W0, 1 => W1, 2 => W2, _ => W3 };

    /// <summary>Two words as one number, the high word first.</summary>
    public ulong Pair(int index) => ((ulong)this[2 * index] << 32) | this[2 * index + 1];
}
