namespace TorchInit.Parity;

/// <summary>What a judge says.</summary>
public enum Judgement
{
    /// <summary>Every bit is torch's.</summary>
    SameBits,

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
/// <param name="Tensor">The first tensor that deviates; empty where none does.</param>
/// <param name="Element">Its first element that deviates; −1 where none does or only the law is broken.</param>
/// <param name="Evidence">Findings, as sentences.</param>
public sealed record Verdict(Judgement Judgement, Cause Cause, string Explanation, string Tensor = "", long Element = -1, IReadOnlyList<string>? Evidence = null);
