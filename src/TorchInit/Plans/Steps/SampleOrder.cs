namespace TorchInit;

/// <summary>Which sampler's order a <see cref="SampleStep"/> gives.</summary>
public enum SampleOrder
{
    /// <summary><c>RandomSampler</c>: one permutation after the other.</summary>
    Random,

    /// <summary><c>RandomSampler(replacement=True)</c>.</summary>
    RandomWithReplacement,

    /// <summary>An epoch of a shuffled DataLoader, which draws its base seed first.</summary>
    Epoch,
}
