namespace TorchInit;

static class EmbeddingCalls
{
    const string Head = "num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, "
        + "sparse=False, _weight=None";

    public static readonly CallRule[] Rules =
    [
        new("Embedding", $"{Head}, _freeze=False, device=None, dtype=None",
            Of("Padding_idx must be within num_embeddings", Modules.Embedding))
        {
            Older = [(2, 0, $"{Head}, device=None, dtype=None")],
        },
        new("EmbeddingBag",
            "num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', sparse=False, "
                + "_weight=None, include_last_offset=False, padding_idx=None, device=None, dtype=None",
            Of("padding_idx must be within num_embeddings", Modules.EmbeddingBag)),
    ];

    static Func<BoundArguments, TorchProfile, InitPlan> Of(string message, Func<long, long, long?, TorchProfile?, InitPlan> module)
        => (a, profile) =>
    {
        (PythonArgument rows, PythonArgument padding) = (a.Argument("num_embeddings"), a.Argument("padding_idx"));
        if (!padding.IsNone)
        {
            if (padding.IsGreater(0) ? !padding.IsLess(rows) : padding.IsLess(0) && !padding.IsAtLeast(rows.Negated()))
            {
                throw new TorchArgumentException(padding.Name, padding.Value, $"one of {rows.Value} rows", "AssertionError", message);
            }
        }
        // A given weight is not drawn.
        PythonArgument weight = a.Argument("_weight");
        if (weight.Value is not (TorchNone or TorchCall))
        {
            throw new TorchArgumentException(weight.Name, weight.Value, "None", "AttributeError",
                $"'{weight.Type}' object has no attribute 'shape'");
        }
        if (!weight.IsNone)
        {
            throw new ArgumentException($"_weight is {a["_weight"]}; allowed: None; a given weight has no initial values.",
                nameof(a));
        }
        long[] shape = TorchSizes.Of(rows, a.Argument("embedding_dim"));
        return module(shape[0], shape[1], Row(padding), profile);
    };

    /// <summary>weight[True] and weight[False] are copies, so zeroing them changes no row.</summary>
    static long? Row(PythonArgument padding) => padding.Value switch
    {
        TorchNone or TorchBool => null,
        TorchInt row => row.Value,
        _ => throw new TorchArgumentException(padding.Name, padding.Value, "an integer or None", "IndexError", null),
    };
}
