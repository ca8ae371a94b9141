namespace TorchInit.Parity;

/// <summary>The cases of the statistical run, chosen so that each law, each fan rule and each overwritten view occurs.</summary>
public static class DistributionTable
{
    /// <summary>The expressions, in torch's own spelling; the four families of the README first.</summary>
    public static IReadOnlyList<string> Expressions =>
    [
        "Linear(64, 32)", "Linear(7, 5, bias=False)", "Embedding(100, 16)", "Embedding(50, 16, padding_idx=3)", "Conv2d(8, 16, 3)",
            "Conv2d(8, 16, 3, groups=4)", "ConvTranspose2d(8, 16, 3, groups=2)", "Conv1d(4, 6, 5)", "Conv3d(2, 4, 2)",
        "RNN(10, 20)", "LSTM(8, 16, 2, bidirectional=True)", "LSTM(8, 16, proj_size=4)", "GRU(8, 16)", "LSTMCell(8, 16)",
            "Bilinear(6, 7, 8)", "BatchNorm2d(16)", "LayerNorm(32)", "PReLU()",
        "MultiheadAttention(16, 4)", "MultiheadAttention(16, 4, kdim=8, vdim=12, add_bias_kv=True)", "TransformerEncoderLayer(16, 4, 32)",
            "TransformerEncoder(TransformerEncoderLayer(16, 4, 32), 2)",
        "AdaptiveLogSoftmaxWithLoss(16, 60, [10, 30])", "EmbeddingBag(60, 12, padding_idx=0)",
            "Sequential(Linear(16, 32), ReLU(), Linear(32, 8))",
        "init.uniform_((64, 64), -0.3, 0.41)", "init.normal_((64, 64), mean=0.3, std=1.7)", "init.normal_((3, 5))",
            "init.xavier_uniform_((48, 32), gain=1.6666666666666667)", "init.xavier_normal_((48, 32))",
        "init.kaiming_uniform_((48, 32), a=sqrt(5))", "init.kaiming_normal_((48, 32), mode='fan_out', nonlinearity='relu')",
            "init.trunc_normal_((64, 64))", "init.trunc_normal_((64, 64), std=0.02)",
        "init.trunc_normal_((64, 64), mean=0.5, std=0.7, a=0.0, b=1.0)", "init.trunc_normal_((64, 64), mean=0.0, std=1.0, a=0.5, b=0.9)",
            "init.orthogonal_((8, 12))", "init.orthogonal_((12, 5), gain=sqrt(2))", "init.sparse_((40, 30), 0.25)",
        "init.eye_((9, 7))", "init.dirac_((6, 4, 3), groups=2)",
        "empty(64, 64).exponential_(1.5)", "empty(64, 64).log_normal_(0.3, 0.7)", "empty(64, 64).cauchy_(0.2, 1.3)",
            "empty(64, 64).geometric_(0.3)", "empty(64, 64).bernoulli_(0.3)", "bernoulli(rand(64, 64))",
        "empty(64, 64).random_(-5, 90)", "randint(0, 100, (4096,))", "randperm(200)", "list(RandomSampler(range(50), num_samples=20))",
            "multinomial(tensor([1.0, 2.0, 3.0]), 200, replacement=True)",
        "multinomial(tensor([1.0, 2.0, 3.0, 4.0, 5.0]), 3)", "F.dropout(ones(64, 64), 0.1)", "F.dropout(randn(64, 64), 0.25)",
            "randn(64, 64) * 0.02 + 0.1",
    ];

    /// <summary>Every expression in every dtype that the profile's torch draws it in.</summary>
    /// <param name="profile">The torch followed.</param>
    public static IReadOnlyList<DistributionCase> Cases(TorchProfile profile)
        => [.. from expression in Expressions from dtype in CaseTable.DTypes where IsDrawn(expression, dtype,
            profile) select new DistributionCase(expression, dtype, profile)];

    /// <summary>Torch has no QR in 16 bits, older versions refuse some fills, and a draw whose ties are not followed would meet one in 16
    /// bits; an expression with its own dtype is drawn once.</summary>
    internal static bool IsDrawn(string expression, DType dtype, TorchProfile profile)
    {
        try
        {
            InitPlan plan = InitPlan.Of(expression, profile);
            _ = plan.Materialize(seed: 0, dtype);
            if (plan.Steps.Any(step => step is MultinomialStep { Replacement: false } draw && MeetsTies(plan[draw.Weights].TypeOr(dtype)))
                && !TopPlaces.KnowsTies(profile)) { return false; }
            return dtype == DType.Float32 || plan.Tensors.Any(tensor => tensor.DType is null);
        }
        catch (Exception error) when (error is TorchArgumentException or NotInThisTorchException or NotFollowedException)
        {
            return false;
        }
    }

    static bool MeetsTies(DType dtype) => dtype is DType.Float16 or DType.BFloat16;
}
