namespace TorchInit;

public static partial class Modules
{
    /// <summary>Embedding: weight (num, dim) from N(0, 1), every row; then the padding row is set to 0.</summary>
    /// <param name="numEmbeddings">Rows.</param>
    /// <param name="embeddingDim">Columns.</param>
    /// <param name="paddingIdx">The row that is zeroed after the draw; a negative index counts from the end; null for none.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="TorchArgumentException"><paramref name="paddingIdx"/> is not a row (AssertionError).</exception>
    /// <remarks>As <c>torch.nn.Embedding</c>; max_norm has no effect at initialisation.</remarks>
    public static InitPlan Embedding(long numEmbeddings, long embeddingDim, long? paddingIdx = null, TorchProfile? profile = null)
        => Table("Embedding", "Padding_idx must be within num_embeddings", numEmbeddings, embeddingDim, paddingIdx, profile);

    /// <summary>EmbeddingBag: as <see cref="Embedding"/>.</summary>
    /// <inheritdoc cref="Embedding"/>
    public static InitPlan EmbeddingBag(long numEmbeddings, long embeddingDim, long? paddingIdx = null, TorchProfile? profile = null)
        => Table("EmbeddingBag", "padding_idx must be within num_embeddings", numEmbeddings, embeddingDim, paddingIdx, profile);

    static InitPlan Table(string name, string message, long numEmbeddings, long embeddingDim, long? paddingIdx, TorchProfile? profile)
    {
        if (paddingIdx is { } index && (index >= numEmbeddings || index < -numEmbeddings))
        {
            throw index == 0
                ? new TorchArgumentException(nameof(paddingIdx), index, $"a row of {numEmbeddings}", "IndexError",
                    "index 0 is out of bounds for dimension 0 with size 0")
                : TorchArgumentException.AssertionError(nameof(paddingIdx), index, $"−{numEmbeddings} to {numEmbeddings - 1}", message);
        }
        PlanBuilder plan = new(profile) { Asked = [(nameof(numEmbeddings), numEmbeddings), (nameof(embeddingDim), embeddingDim)] };
        plan.Parameter("weight", numEmbeddings, embeddingDim);
        plan.Resettable(reset =>
        {
            reset.Normal("weight", 0, 1);
            if (paddingIdx is { } row)
            {
                reset.Fill(new StepTarget("weight", (row < 0 ? row + numEmbeddings : row) * embeddingDim, [embeddingDim]), 0);
            }
        });
        return plan.BuildClass(name, $"{numEmbeddings}", $"{embeddingDim}", Unless(paddingIdx is null, $"padding_idx={paddingIdx}"));
    }
}
