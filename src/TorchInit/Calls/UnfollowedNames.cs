using System.Collections.Frozen;

namespace TorchInit;

/// <summary>Functions of torch and NumPy that are not followed here, with the reason, so that the error does not suggest a typo.</summary>
static class UnfollowedNames
{
    const string Sums = "its bits depend on the order in which the library adds";
    const string Values = "its result depends on the values that are drawn";

    static readonly FrozenDictionary<string, string> s_reasons = new[]
    {
        (Sums, "sum mean std var std_mean var_mean norm dist prod nansum nanmean matmul mm bmm mv dot vdot inner outer addmm addmv addbmm "
            + "baddbmm einsum tensordot chain_matmul multi_dot kron cumsum cumprod logcumsumexp logsumexp softmax log_softmax cov corrcoef "
            + "cosine_similarity normalize linear bilinear conv1d conv2d conv3d layer_norm batch_norm group_norm "
            + "scaled_dot_product_attention trace matrix_power matrix_exp"),
        (Values, "max min amax amin argmax argmin aminmax median mode quantile kthvalue sort argsort topk msort unique "
            + "unique_consecutive nonzero argwhere searchsorted bucketize histc bincount allclose equal isclose any all tolist numpy"),
    }.SelectMany(group => group.Item2.Split(' ').Select(name => KeyValuePair.Create(name, group.Item1)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Why a name is not followed; null for an unknown name.</summary>
    /// <param name="name">The name as in the call: <c>matmul</c>, <c>linalg.qr</c>, <c>np.random.randn</c>.</param>
    public static string? Reason(string name) => name.Split('.') switch
    {
        ["np" or "numpy", ..] or ["random", ..] => "only torch's generator is",
        ["linalg" or "fft", ..] => Sums,
        [.., var last] => s_reasons.GetValueOrDefault(last.TrimEnd('_')),
        _ => null,
    };

    /// <summary>The error for a function that is not followed.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="reason">Why.</param>
    public static NotFollowedException Refused(string name, string reason)
        => new($"{name} is not followed: {reason}; allowed: draws and elementwise arithmetic.");

    /// <summary>The error for a product of matrices.</summary>
    public static string Product => Refused("a product of matrices (@)", Sums).Message;
}
