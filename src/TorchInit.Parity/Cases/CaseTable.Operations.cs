namespace TorchInit.Parity;

public static partial class CaseTable
{
    /// <summary>Sizes around the block of 16, the twist of 624 words, and vectors of 4, 8 and 16.</summary>
    static int[] Sizes => [0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 47, 255, 623, 624, 625, 1000, 4099, 65537];

    static string[] Init =>
    [
        .. from shape in new[] { "(3, 5)", "(64, 32)", "(6, 4, 3, 3)", "(33, 17)", "(20, 30).T" }
           from call in new[]
           {
               "uniform_({0})", "uniform_({0}, -0.3, 0.41)", "normal_({0})", "normal_({0}, mean=0.3, std=1.7)", "constant_({0}, 0.1)",
                   "ones_({0})", "zeros_({0})", "xavier_uniform_({0})",
               "xavier_uniform_({0}, gain=1.6666666666666667)", "xavier_normal_({0})", "xavier_normal_({0}, gain=sqrt(2))",
                   "kaiming_uniform_({0})", "kaiming_uniform_({0}, a=sqrt(5))",
               "kaiming_uniform_({0}, mode='fan_out', nonlinearity='relu')", "kaiming_normal_({0})",
                   "kaiming_normal_({0}, mode='fan_out', nonlinearity='relu')", "kaiming_normal_({0}, nonlinearity='tanh')",
               "trunc_normal_({0})", "trunc_normal_({0}, std=0.02)", "trunc_normal_({0}, mean=0.5, std=0.7, a=0.0, b=1.0)",
                   "orthogonal_({0})", "orthogonal_({0}, gain=sqrt(2))",
           }
           select "init." + string.Format(System.Globalization.CultureInfo.InvariantCulture, call, shape),
        "init.eye_((5, 5))", "init.eye_((3, 7))", "init.eye_((20, 30).T)", "init.dirac_((6, 4, 3))", "init.dirac_((6, 4, 3, 3), groups=2)",
            "init.dirac_((4, 4, 2, 3, 3))", "init.sparse_((3, 5), 0.3)", "init.sparse_((64, 32), sparsity=0.9, std=0.1)",
        "init.orthogonal_((128, 128))", "init.orthogonal_((150, 140))", "init.orthogonal_((1, 7))",
            "init.trunc_normal_((1000,), std=0.02, a=-0.04, b=0.04)", "init.xavier_uniform((3, 5))",
        "init.calculate_gain('leaky_relu', 0.2)", "init.calculate_gain('leaky_relu')", "init.calculate_gain('tanh')",
            "init.calculate_gain('selu')", "init.calculate_gain('conv_transpose2d')",
    ];

    static string[] Fills =>
    [
        .. from size in Sizes
           from call in new[] { "uniform_(({0},))", "uniform_(({0},), -0.3, 0.41)", "normal_(({0},))", "normal_(({0},), 0.3, 1.7)",
               "randperm({0})" }
           select string.Format(System.Globalization.CultureInfo.InvariantCulture, call, size),
        "uniform_((1000,), 0.5, 0.5)", "normal_((1000,), 0.0, 0.0)", "normal_((3, 5).T)", "normal_((40, 50).T)",
            "uniform_((40, 50).T, -0.3, 0.41)", "uniform_((2, 3, 4, 5))", "normal_(())",
    ];

    /// <summary>Several calls on one generator: a cached normal sample survives fills that do not use it.</summary>
    static string[] Streams =>
    [
        "normal_((3,)); normal_((20,)); normal_((1,)); normal_((16,)); normal_((5,))",
            "normal_((3,)); Linear(7, 5); uniform_((100,)); Embedding(3, 1); randperm(10); normal_((1,))",
        "normal_((15,)); normal_((15,))", "Linear(3, 4); Linear(3, 4)",
    ];

    /// <summary>What the notebooks ask torch, so that they can be replayed without it.</summary>
    static string[] Notebooks =>
    [
        "Linear(512, 256)", "Linear(64, 64, bias=False)", "Embedding(200, 50)", "Embedding(200, 50, padding_idx=3)", "Conv2d(16, 32, 3)",
            "Conv2d(16, 32, 3, groups=4)", "ConvTranspose2d(16, 32, 3)",
        "LSTM(32, 64, 2, bidirectional=True)", "GRU(32, 64)", "RNN(32, 64)", "init.kaiming_normal_((256, 512), nonlinearity='relu')",
            "init.xavier_uniform_((256, 512))", "init.trunc_normal_((256, 512), std=0.02)",
        "init.orthogonal_((64, 64))", "init.sparse_((64, 32), 0.5)", "MultiheadAttention(32, 4)",
            "TransformerEncoder(TransformerEncoderLayer(32, 4, 64), 3)",
        "Sequential(Embedding(100, 16, padding_idx=0), LSTM(16, 32), Linear(32, 4))",
            "Sequential(Conv2d(1, 8, 3), BatchNorm2d(8), ReLU(), Flatten(), Linear(5408, 10))",
    ];

    /// <summary>Most of the elements: rare bit patterns appear only in large samples.</summary>
    static string[] Large =>
    [
        "uniform_((1500007,), -0.0884, 0.0884)", "normal_((1500007,))", "init.kaiming_uniform_((1024, 1024), a=sqrt(5))",
            "init.kaiming_normal_((512, 1024), nonlinearity='relu')", "Embedding(20000, 32)", "Linear(1024, 1024)",
    ];
}
