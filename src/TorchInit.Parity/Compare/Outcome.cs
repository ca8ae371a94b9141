namespace TorchInit.Parity;

/// <summary>How a case came out.</summary>
public enum Outcome
{
    /// <summary>Every bit of every tensor, and the generator's state after.</summary>
    SameBits,

    /// <summary>Some last bits differ, within the stated tolerance; the generator's state is the same.</summary>
    WithinTolerance,

    /// <summary>Both refuse the arguments, with the same class of exception.</summary>
    RefusedAlike,

    /// <summary>Neither has the class or argument: it came with a later torch.</summary>
    AbsentInBoth,

    /// <summary>Nothing was compared: torch was not asked, or gave no answer. Neither kept nor broken.</summary>
    NotAsked,

    /// <summary>Bits, names, shapes, states or refusals are not the same.</summary>
    Mismatch,
}
