namespace TorchInit.Parity;

/// <summary>How a mutant died.</summary>
/// <param name="Mutant">Its fault.</param>
/// <param name="Kills">Each detector that accused it, with the fewest values that it took, of those tried; the first element that differs
/// for the bits.</param>
/// <param name="Tried">The largest number of values tried.</param>
public sealed record MutantResult(Mutant Mutant, IReadOnlyDictionary<string, long> Kills, long Tried)
{
    /// <summary>The name of the comparison with the right bits.</summary>
    public const string Bits = "bits";

    /// <summary>Whether anything killed it.</summary>
    public bool IsKilled => Kills.Count > 0;

    /// <summary>Whether it died without a look at the right bits.</summary>
    public bool IsKilledWithoutBits => Kills.Keys.Any(name => name != Bits);

    /// <summary>The detector that took the fewest values, bits aside; null where only bits show it.</summary>
    public KeyValuePair<string, long>? Cheapest => Kills.Where(kill => kill.Key != Bits).OrderBy(kill => kill.Value)
        .Select(kill => (KeyValuePair<string, long>?)kill).FirstOrDefault();
}
