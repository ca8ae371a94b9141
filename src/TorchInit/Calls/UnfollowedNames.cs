using System.Collections.Frozen;

namespace TorchInit;

/// <summary>Functions of torch and NumPy that are not followed here, with the reason, so that the error does not suggest a typo.</summary>
static class UnfollowedNames
{
    const string Sums = "its bits depend on the order in which the library adds";
    const string Values = "its result depends on the values that are drawn";

    const string Functions = "its last bits are those of the library's functions";
    const string Views = "it is not among the views and copies that are";

    // They give other names to memory that exists.
    const string Sharing = "view_as_real view_as_complex real imag diagonal unfold movedim moveaxis swapdims atleast_1d atleast_2d "
        + "atleast_3d as_tensor from_numpy";

    static readonly FrozenDictionary<string, string> s_reasons = new[]
    {
        (Functions, "polar complex rpow rfloordiv rmod erf erfc erfinv lgamma atan2 hypot float_power xlogy sinc logspace logaddexp"),
        (Views, $"{Sharing} cartesian_prod tile repeat_interleave flip fliplr flipud roll rot90 tril_indices triu_indices gather "
            + "index_select masked_select take one_hot logical_and logical_or logical_not isnan isinf isfinite isin interpolate pad"),
        (Sums, "sum mean std var std_mean var_mean norm dist prod nansum nanmean matmul mm bmm mv dot vdot inner addmm addmv addbmm "
            + "baddbmm einsum tensordot chain_matmul multi_dot kron cumsum cumprod logcumsumexp logsumexp softmax log_softmax cov corrcoef "
            + "cosine_similarity normalize linear bilinear conv1d conv2d conv3d layer_norm batch_norm group_norm "
            + "scaled_dot_product_attention trace matrix_power matrix_exp svd qr eig symeig cholesky inverse pinverse det logdet slogdet"),
        (Values, "max min amax amin argmax argmin aminmax median mode quantile kthvalue sort argsort topk msort unique "
            + "unique_consecutive nonzero argwhere searchsorted bucketize histc bincount allclose equal isclose any all tolist numpy"),
    }.SelectMany(group => group.Item2.Split(' ').Select(name => KeyValuePair.Create(name, group.Item1)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    // They draw, change their argument, or return no tensor.
    static readonly string[] s_others = ["scaled_dot_product_attention", "tolist", "numpy", "allclose", "equal"];

    /// <summary>Whether a name is a function of tensors that draws nothing and returns tensors.</summary>
    public static bool IsTensor(string name) => name.Split('.') switch
    {
        ["linalg" or "fft", _] => true,
        ["functional", var last] => IsTensor(last),
        [var only] => s_reasons.ContainsKey(only) && Array.IndexOf(s_others, only) < 0,
        _ => false,
    };

    /// <summary>Whether the result may share memory with the argument.</summary>
    public static bool MayShare(string name) => Array.IndexOf(Sharing.Split(' '), name) >= 0;

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
        => new($"{Spoken(name)} is not followed: {reason}; allowed: draws and elementwise arithmetic.");

    static string Spoken(string name) => name switch
    {
        "rpow" => "a number ** a tensor",
        "rfloordiv" => "a number // a tensor",
        "rmod" => "a number % a tensor",
        _ => name,
    };

    /// <summary>The error for a product of matrices.</summary>
    public static string Product => Refused("a product of matrices (@)", Sums).Message;
}
