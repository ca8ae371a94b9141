namespace TorchInit.Parity;

/// <summary>What an initialiser is asked to draw.</summary>
/// <param name="Expression">What to construct, in torch's own spelling.</param>
/// <param name="Plan">The expression's plan.</param>
/// <param name="DType">The floating dtype.</param>
/// <param name="Seed">The seed of the stream.</param>
public sealed record DrawRequest(string Expression, InitPlan Plan, DType DType, ulong Seed)
{
    /// <summary>The number of threads; the answer must not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>One of several equal parts of the first tensor's first dimension; null for all tensors whole.</summary>
    public (int Index, int Of)? Shard { get; init; }
}
