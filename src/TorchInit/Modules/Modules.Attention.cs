namespace TorchInit;

public static partial class Modules
{
    /// <summary>
    /// MultiheadAttention: in_proj_weight by xavier_uniform_, out_proj.weight by kaiming_uniform_(a=√5), biases 0, bias_k and bias_v by
    /// xavier_normal_. out_proj is drawn first, including its bias, which is zeroed later.
    /// </summary>
    /// <param name="embedDim">E; divisible by <paramref name="numHeads"/>.</param>
    /// <param name="numHeads">The number of heads; affects no shape.</param>
    /// <param name="bias">Whether the module has in_proj_bias (3E) and out_proj.bias (E).</param>
    /// <param name="addBiasKv">Whether the module has bias_k and bias_v (1, 1, E).</param>
    /// <param name="kdim">Columns of the key projection; null for E. If it or vdim is not E, q, k and v have a weight each instead of
    /// in_proj_weight (3E, E).</param>
    /// <param name="vdim">Columns of the value projection; null for E.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="TorchArgumentException">embed_dim is not divisible by num_heads (AssertionError), or one of them is not positive
    /// (ValueError since 2.1).</exception>
    /// <remarks>As <c>torch.nn.MultiheadAttention</c>. A reset does not draw out_proj.weight again.</remarks>
    public static InitPlan MultiheadAttention(long embedDim, long numHeads, bool bias = true, bool addBiasKv = false, long? kdim = null,
        long? vdim = null, TorchProfile? profile = null)
        => CallersArgument.Named(() => Attention(embedDim, numHeads, bias, addBiasKv, kdim, vdim, profile), (nameof(embedDim), embedDim),
            (nameof(kdim), kdim ?? embedDim), (nameof(vdim), vdim ?? embedDim));

    static InitPlan Attention(long embedDim, long numHeads, bool bias, bool addBiasKv, long? kdim, long? vdim, TorchProfile? profile)
    {
        PlanBuilder plan = new(profile);
        CheckHeads(plan.Profile, embedDim, numHeads);
        bool together = (kdim ?? embedDim) == embedDim && (vdim ?? embedDim) == embedDim;
        if (together) { plan.Parameter("in_proj_weight", 3 * embedDim, embedDim); }
        else
        {
            plan.Parameter("q_proj_weight", embedDim, embedDim).Parameter("k_proj_weight", embedDim, kdim ?? embedDim)
                .Parameter("v_proj_weight", embedDim, vdim ?? embedDim);
        }
        if (bias) { plan.Parameter("in_proj_bias", 3 * embedDim); }
        if (addBiasKv) { plan.Parameter("bias_k", 1, 1, embedDim).Parameter("bias_v", 1, 1, embedDim); }
        plan.Child("out_proj", Linear(embedDim, embedDim, bias, plan.Profile));
        plan.Resettable(reset =>
        {
            if (together) { reset.XavierUniform("in_proj_weight"); }
            else { reset.XavierUniform("q_proj_weight").XavierUniform("k_proj_weight").XavierUniform("v_proj_weight"); }
            if (bias) { reset.Fill("in_proj_bias", 0).Fill("out_proj.bias", 0); }
            if (addBiasKv) { reset.XavierNormal("bias_k").XavierNormal("bias_v"); }
        });
        return plan.BuildClass("MultiheadAttention", $"{embedDim}", $"{numHeads}", Unless(bias, "bias=False"), Unless(!addBiasKv,
            "add_bias_kv=True"),
            Unless(kdim is null, $"kdim={kdim}"), Unless(vdim is null, $"vdim={vdim}"));
    }

    static void CheckHeads(TorchProfile profile, long embedDim, long numHeads)
    {
        if (profile.Has(2, 1) && (embedDim <= 0 || numHeads <= 0))
        {
            throw TorchArgumentException.ValueError(embedDim <= 0 ? nameof(embedDim) : nameof(numHeads), embedDim <= 0 ? embedDim
                : numHeads, "above 0",
                $"embed_dim and num_heads must be greater than 0, got embed_dim={embedDim} and num_heads={numHeads} instead");
        }
        if (numHeads == 0)
        {
            throw TorchArgumentException.ZeroDivisionError(nameof(numHeads), numHeads, $"a divisor of {embedDim}",
                "integer division or modulo by zero");
        }
        if (!TensorShape.IsMultiple(embedDim, numHeads))
        {
            throw TorchArgumentException.AssertionError(nameof(embedDim), embedDim, $"a multiple of num_heads = {numHeads}",
                "embed_dim must be divisible by num_heads");
        }
    }
}
