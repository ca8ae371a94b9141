namespace TorchInit.Parity;

/// <summary>The outcome of a case.</summary>
public enum Outcome
{
    /// <summary>Every bit of every tensor is the same, and so is the generator's state after.</summary>
    SameBits,

    /// <summary>Some last bits differ, within the stated tolerance; the generator's state is the same.</summary>
    WithinTolerance,

    /// <summary>Both refuse the arguments, with the same class of exception.</summary>
    RefusedAlike,

    /// <summary>Neither has the class or argument, which a later torch added.</summary>
    AbsentInBoth,

    /// <summary>Nothing was compared: torch was not asked, or gave no answer. The promise is neither kept nor broken.</summary>
    NotAsked,

    /// <summary>Bits, names, shapes, states or refusals differ.</summary>
    Mismatch,
}
