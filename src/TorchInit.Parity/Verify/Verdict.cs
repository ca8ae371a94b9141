namespace TorchInit.Parity;

/// <summary>The outcome of judging weights.</summary>
public enum Judgement
{
    /// <summary>Every bit is torch's.</summary>
    SameBits,

    /// <summary>Numbers that were printed or rounded: every digit is torch's.</summary>
    SameDigits,

    /// <summary>Other bits with the same laws: no test finds a deviation, and there was enough data to find one.</summary>
    SameDistribution,

    /// <summary>Not what torch draws.</summary>
    Deviates,

    /// <summary>Not the bits of this seed, but no law is broken; or there are too few values to tell.</summary>
    CannotTell,
}

/// <summary>A judgement with its evidence.</summary>
/// <param name="Judgement">The judgement.</param>
/// <param name="Cause">The cause, if it is known.</param>
/// <param name="Explanation">The explanation, in one sentence; its wording may change.</param>
/// <param name="First">The first deviation; <see cref="FirstDifference.None"/> if there is none.</param>
/// <param name="Evidence">Findings, as sentences.</param>
public sealed record Verdict(Judgement Judgement, Cause Cause, string Explanation, FirstDifference First, IReadOnlyList<string> Evidence)
{
    /// <summary>What it rests on.</summary>
    public VerdictBasis Basis { get; init; }

    internal static Verdict Of(Judgement judgement, Cause cause, string explanation, FirstDifference? first = null,
        IReadOnlyList<string>? evidence = null) => new(judgement, cause, explanation, first ?? FirstDifference.None, evidence ?? []);

    internal static Verdict Deviates(Cause cause, string explanation, FirstDifference first, IReadOnlyList<string>? evidence = null)
        => Of(Judgement.Deviates, cause, explanation, first, evidence);
}
