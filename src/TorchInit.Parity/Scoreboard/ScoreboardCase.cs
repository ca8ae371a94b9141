namespace TorchInit.Parity;

/// <summary>A case that any framework can answer: construct this once from each seed, and store the tensors.</summary>
/// <param name="Id">Also the name of the answer's file: <c>ID.safetensors</c>.</param>
/// <param name="Expression">In torch's own spelling.</param>
/// <param name="Seeds">One construction from each.</param>
/// <param name="Tensors">Names and shapes as in torch's state dict; for a function, one without a name. In the file a tensor is named
/// <c>SEED/NAME</c>.</param>
public sealed record ScoreboardCase(string Id, string Expression, IReadOnlyList<ulong> Seeds, IReadOnlyList<ScoreboardTensor> Tensors)
{
    const int SeedCount = 16;

    /// <summary>The defaults of the four families, as large as distributions need.</summary>
    public static IReadOnlyList<ScoreboardCase> Families { get; } =
    [
        Of("linear", "Linear(256, 128)"), Of("embedding", "Embedding(200, 64)"),
            Of("embedding-padding", "Embedding(200, 64, padding_idx=0)"), Of("conv", "Conv2d(16, 32, 3)"),
            Of("conv-grouped", "Conv2d(16, 32, 3, groups=4)"),
        Of("conv-transposed", "ConvTranspose2d(16, 32, 3)"), Of("rnn", "RNN(32, 64)"), Of("lstm", "LSTM(32, 64)"), Of("gru", "GRU(32, 64)"),
    ];

    /// <summary>The functions of torch.nn.init that other frameworks use for their weights, and two modules that ports get wrong.</summary>
    public static IReadOnlyList<ScoreboardCase> Others { get; } =
    [
        Of("xavier-uniform", "init.xavier_uniform_((64, 48))"), Of("xavier-normal", "init.xavier_normal_((64, 48))"),
        Of("kaiming-uniform", "init.kaiming_uniform_((64, 48))"), Of("kaiming-normal", "init.kaiming_normal_((64, 48))"),
        Of("trunc-normal", "init.trunc_normal_((64, 48))"), Of("embedding-bag-padding", "EmbeddingBag(50, 16, padding_idx=0)"),
        Of("group-norm", "GroupNorm(4, 32)"),
    ];

    /// <summary>All cases: the families, then the others.</summary>
    public static IReadOnlyList<ScoreboardCase> All { get; } = [.. Families, .. Others];

    internal DistributionCase Distribution => new(Expression);

    static ScoreboardCase Of(string id, string expression)
        => new(id, expression, [.. Enumerable.Range(0, SeedCount).Select(seed => (ulong)seed)],
            [.. InitPlan.Of(expression).StateTensors.Select(tensor => new ScoreboardTensor(tensor.Name, tensor.Shape))]);
}

/// <summary>A tensor of an answer, float32.</summary>
/// <param name="Name">As in torch's state dict.</param>
/// <param name="Shape">Its shape in torch: (out, in, *kernel).</param>
public sealed record ScoreboardTensor(string Name, IReadOnlyList<long> Shape);
