namespace TorchInit.Parity;

/// <summary>What a judge says.</summary>
public enum Judgement
{
    /// <summary>Every bit is torch's.</summary>
    SameBits,

    /// <summary>Numbers that were printed or rounded: every digit is torch's.</summary>
    SameDigits,

    /// <summary>Other bits of the same laws: no test accuses, and there was enough to accuse.</summary>
    SameDistribution,

    /// <summary>Not what torch draws.</summary>
    Deviates,

    /// <summary>Not the bits of this seed, but no law is broken; or too few values to tell.</summary>
    CannotTell,
}

/// <summary>A judgement with its evidence.</summary>
/// <param name="Judgement">What.</param>
/// <param name="Cause">Why, where it is known.</param>
/// <param name="Explanation">One sentence.</param>
/// <param name="First">What deviates first; <see cref="FirstDifference.None"/> where nothing does.</param>
/// <param name="Evidence">Findings, as sentences.</param>
public sealed record Verdict(Judgement Judgement, Cause Cause, string Explanation, FirstDifference First, IReadOnlyList<string> Evidence)
{
    internal static Verdict Of(Judgement judgement, Cause cause, string explanation, FirstDifference? first = null,
        IReadOnlyList<string>? evidence = null) => new(judgement, cause, explanation, first ?? FirstDifference.None, evidence ?? []);

    internal static Verdict Deviates(Cause cause, string explanation, FirstDifference first, IReadOnlyList<string>? evidence = null)
        => Of(Judgement.Deviates, cause, explanation, first, evidence);
}
