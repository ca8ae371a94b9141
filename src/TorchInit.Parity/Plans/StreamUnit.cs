namespace TorchInit.Parity;

/// <summary>What places in a generator's stream count.</summary>
public enum StreamUnit
{
    /// <summary>The 32-bit words of a CPU's generator.</summary>
    Word,

    /// <summary>The offset of a GPU's generator: each fill moves it by 4 for every draw of a thread, however many threads there
    /// are.</summary>
    Offset,
}
