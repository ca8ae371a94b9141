namespace TorchInit;

/// <summary>Whose order a <see cref="SampleStep"/> is.</summary>
public enum SampleOrder
{
    /// <summary><c>RandomSampler</c>: permutations, one after the other.</summary>
    Random,

    /// <summary><c>RandomSampler(replacement=True)</c>.</summary>
    RandomWithReplacement,

    /// <summary>An epoch of a shuffled DataLoader: its base seed is drawn before.</summary>
    Epoch,
}
