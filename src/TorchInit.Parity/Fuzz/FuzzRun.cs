using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Many random cases of one seed, counted by outcome.</summary>
/// <param name="Counts">How many cases had each outcome; listed ones are included.</param>
/// <param name="Failures">Cases that no listed reason explains, in order.</param>
/// <param name="Listed">How many cases each reason explains.</param>
sealed record FuzzRun(IReadOnlyDictionary<FuzzOutcome, int> Counts, IReadOnlyList<FuzzResult> Failures,
    IReadOnlyDictionary<FuzzReason, int> Listed)
{
    /// <summary>Runs <paramref name="count"/> cases.</summary>
    /// <param name="oracle">Real torch.</param>
    /// <param name="seed">The seed of the choices; the same seed gives the same cases.</param>
    /// <param name="count">How many cases.</param>
    /// <param name="isAsked">Selects the calls to run; null for all.</param>
    /// <param name="profile">The profile that C# follows; null for the oracle's own.</param>
    public static FuzzRun Of(ITorchOracle oracle, ulong seed, int count, Func<string, bool>? isAsked = null, TorchProfile? profile = null)
    {
        profile ??= LiveProfile.Of(oracle.Info);
        FuzzRunner runner = new(oracle, profile);
        FuzzGenerator generator = new(seed);
        Dictionary<FuzzOutcome, int> counts = Enum.GetValues<FuzzOutcome>().ToDictionary(outcome => outcome, _ => 0);
        Dictionary<FuzzReason, int> listed = [];
        List<FuzzResult> failures = [];
        for (int asked = 0; asked < count; asked++)
        {
            FuzzCase item = generator.Next();
            if (isAsked?.Invoke(item.Expression) == false) { continue; }
            FuzzResult result = runner.Run(item);
            counts[result.Outcome]++;
            if (result.IsAgreement) { continue; }
            if (FuzzReason.All.FirstOrDefault(reason => reason.Explains(result, profile)) is { } known)
            {
                listed[known] = listed.GetValueOrDefault(known) + 1;
            }
            else { failures.Add(result); }
        }
        return new(counts, failures, listed);
    }
}
