namespace TorchInit;

static class EmbeddingCalls
{
    public static readonly CallRule[] Rules =
    [
        new("Embedding", "num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, _weight=None, _freeze=False, device=None, dtype=None",
            (a, profile) => Modules.Embedding(a.Long("num_embeddings"), a.Long("embedding_dim"), Drawn(a).OptionalLong("padding_idx"), profile)),
        new("EmbeddingBag", "num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', sparse=False, _weight=None, include_last_offset=False, padding_idx=None, device=None, dtype=None",
            (a, profile) => Modules.EmbeddingBag(a.Long("num_embeddings"), a.Long("embedding_dim"), Drawn(a).OptionalLong("padding_idx"), profile)),
    ];

    /// <summary>A weight that is given is not drawn.</summary>
    static BoundArguments Drawn(BoundArguments a)
        => a.IsNone("_weight") ? a : throw new ArgumentException($"_weight is {a["_weight"]}; allowed: None, a weight that is given has no initial values.", nameof(a));
}
