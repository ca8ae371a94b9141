using TorchInit.Parity;

namespace TorchInit.Tests.Statistics;

/// <summary>The trial of all mutants, held once.</summary>
static class Trials
{
    static readonly Lazy<IReadOnlyList<MutantResult>> s_results = new(() => MutantTrial.RunAll(TorchProfile.Default));

    public static IReadOnlyList<MutantResult> Results => s_results.Value;
}
