namespace TorchInit.Parity;

/// <summary>What a verdict rests on. Whoever decides by a verdict reads this and its cause: the wording of an explanation may
/// change.</summary>
public enum VerdictBasis
{
    /// <summary>None of the others: names, shapes and dtypes, or nothing that could be compared.</summary>
    Other,

    /// <summary>The bits that a torch draws from a seed.</summary>
    Bits,

    /// <summary>The bits of the torch that was asked for, only built without MKL, which no option can say.</summary>
    BitsWithoutMkl,

    /// <summary>Values near those of a seed, compared one by one.</summary>
    Values,

    /// <summary>The digits of numbers that were printed or rounded.</summary>
    Digits,

    /// <summary>The laws of the torch that was asked for, and tests of them.</summary>
    Law,

    /// <summary>The laws of another torch, which the draws follow.</summary>
    OtherLaw,
}
