namespace TorchInit.Parity;

/// <summary>Tests mutants with all detectors, on 64, 256, 1,024, … values, until one accuses.</summary>
public static class MutantTrial
{
    /// <summary>Sample sizes: four times as many each time.</summary>
    public static IReadOnlyList<long> Sizes { get; } = [64, 256, 1024, 4096, 16384, 65536, 262144, 1048576];

    // A detector that has not accused by then is slower than the one that has; the table does not need to know by how much.
    const long EnoughForAll = 4096;

    /// <summary>Tests one mutant.</summary>
    /// <param name="mutant">The mutant.</param>
    /// <param name="profile">The torch it claims to follow.</param>
    /// <param name="total">Allowed probability of a false alarm over all of its sizes and tests.</param>
    /// <param name="most">The largest number of values tried.</param>
    public static MutantResult Run(Mutant mutant, TorchProfile profile, double total = 1e-6, long most = 1 << 20)
    {
        ArgumentNullException.ThrowIfNull(mutant);
        ArgumentNullException.ThrowIfNull(profile);
        DistributionCase[] cases = [.. mutant.Expressions.Select(expression => new DistributionCase(expression, mutant.DType, profile))];
        Dictionary<string, long> kills = [];
        AlphaBudget budget = new(total, cases.Sum(item => item.Tests) * Sizes.Count, total);
        foreach (DistributionCase item in cases)
        {
            DrawRequest request = new(item.Expression, item.Plan, item.DType, Seed: 1);
            foreach (string rule in Behaviour.Broken(mutant, request)) { Kill(kills, rule, 2); }
            if (FirstDifference(mutant, request) is { } first) { Kill(kills, MutantResult.Bits, first); }
        }
        long tried = 0;
        foreach (long n in Sizes.Where(n => n <= most))
        {
            if (n > EnoughForAll && kills.Keys.Any(name => name != MutantResult.Bits)) { break; }
            tried = n;
            foreach (DistributionCase item in cases)
            {
                Examination found = Examination.Run(mutant, item, n, budget, seed: 1);
                foreach (Finding finding in found.Regions.SelectMany(region => region.Accusations)) { Kill(kills, finding.Detector, n); }
                if (found.Pairs.Any(pair => pair.Accused)) { Kill(kills, "correlation of tensors", n); }
                if (found.Violations.Count > 0) { Kill(kills, "structure", n); }
            }
        }
        return new(mutant, kills, tried);
    }

    /// <summary>Tests all mutants on all cores; results are in order.</summary>
    /// <param name="profile">The torch they claim to follow.</param>
    /// <param name="done">Called after each; may be null.</param>
    public static IReadOnlyList<MutantResult> RunAll(TorchProfile profile, Action? done = null)
        => RunAll([.. Museum.Shipped, .. Mistakes.All, .. DrawMistakes.All], profile, done);

    /// <summary>Tests these mutants on all cores; results are in order.</summary>
    internal static IReadOnlyList<MutantResult> RunAll(IReadOnlyList<Mutant> mutants, TorchProfile profile, Action? done = null)
        => [.. mutants.AsParallel().AsOrdered().Select(mutant =>
    {
        MutantResult result = Run(mutant, profile);
        done?.Invoke();
        return result;
    })];

    static void Kill(Dictionary<string, long> kills, string detector, long n) => kills.TryAdd(detector, n);

    /// <summary>1 + the index of the first element that differs from the right one, over all tensors in order.</summary>
    static long? FirstDifference(Mutant mutant, DrawRequest request)
    {
        StateDict right = new PlanInitialiser().Draw(request).Tensors;
        StateDict actual = mutant.Draw(request).Tensors;
        long before = 0;
        foreach ((string name, TensorBuffer tensor) in right)
        {
            if (!actual.TryGetValue(name, out TensorBuffer? other) || other.Count != tensor.Count) { return before + 1; }
            double[] expected = Elements64.Of(tensor);
            double[] found = Elements64.Of(other);
            for (int i = 0; i < expected.Length; i++)
            {
                if (BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(found[i])) { return before + i + 1; }
            }
            before += expected.Length;
        }
        return null;
    }
}
