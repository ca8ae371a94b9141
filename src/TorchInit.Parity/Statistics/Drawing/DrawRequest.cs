namespace TorchInit.Parity;

/// <summary>One question to an initialiser.</summary>
/// <param name="Expression">What to construct, in torch's own spelling.</param>
/// <param name="Plan">The same as a plan.</param>
/// <param name="DType">The floating type.</param>
/// <param name="Seed">Where the stream starts.</param>
public sealed record DrawRequest(string Expression, InitPlan Plan, DType DType, ulong Seed)
{
    /// <summary>On how many threads; the answer must not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Which of how many equal parts of the first tensor's first dimension; null for all tensors whole.</summary>
    public (int Index, int Of)? Shard { get; init; }
}
