namespace TorchInit.Parity;

/// <summary>How a mutant was detected.</summary>
/// <param name="Mutant">The mutant.</param>
/// <param name="Kills">Each detector that accused it, with the fewest values it needed of those tried; for the bits, the first element
/// that differs.</param>
/// <param name="Tried">The largest number of values tried.</param>
public sealed record MutantResult(Mutant Mutant, IReadOnlyDictionary<string, long> Kills, long Tried)
{
    /// <summary>The name of the comparison with the right bits.</summary>
    public const string Bits = "bits";

    /// <summary>Whether anything killed it.</summary>
    public bool IsKilled => Kills.Count > 0;

    /// <summary>Whether it was killed without comparing bits.</summary>
    public bool IsKilledWithoutBits => Kills.Keys.Any(name => name != Bits);

    /// <summary>The detector that needed the fewest values, bits aside; null if only bits show the fault.</summary>
    public KeyValuePair<string, long>? Cheapest => Kills.Where(kill => kill.Key != Bits).OrderBy(kill => kill.Value)
        .Select(kill => (KeyValuePair<string, long>?)kill).FirstOrDefault();
}
