namespace TorchInit.Parity;

public static partial class CaseTable
{
    static string[] Linear =>
    [
        "Linear(3, 4)", "Linear(3, 4, bias=False)", "Linear(1, 1)", "Linear(4, 4)", "Linear(5, 3)", "Linear(0, 3)", "Linear(3, 0)",
            "Linear(784, 128)", "Linear(300, 200)",
        "NonDynamicallyQuantizableLinear(8, 8)", "Bilinear(3, 4, 5)", "Bilinear(3, 4, 5, bias=False)", "Bilinear(20, 30, 40)", "PReLU()",
            "PReLU(3, init=0.1)",
    ];

    static string[] Embedding =>
    [
        "Embedding(5, 4)", "Embedding(5, 4, padding_idx=0)", "Embedding(5, 4, padding_idx=-2)", "Embedding(3, 4, max_norm=1)",
            "Embedding(3, 5)", "Embedding(2, 8)", "Embedding(1000, 37, padding_idx=5)",
        "Embedding(0, 4)", "EmbeddingBag(5, 4)", "EmbeddingBag(5, 4, padding_idx=1)", "EmbeddingBag(100, 33, mode='sum')",
    ];

    static string[] Convolution =>
    [
        "Conv1d(4, 6, 3, groups=2)", "Conv1d(16, 33, 3, stride=2)", "Conv2d(3, 8, (3, 5))", "Conv2d(3, 8, 3, bias=False)",
            "Conv2d(3, 64, 7, stride=2, padding=3, bias=False)", "Conv2d(16, 33, (3, 5))",
        "Conv2d(8, 8, 3, groups=8, padding='same')", "Conv2d(3, 8, 3, padding=1, padding_mode='reflect')", "Conv3d(2, 4, 2)",
            "Conv3d(4, 6, (1, 2, 3), dilation=2)",
        "ConvTranspose1d(4, 6, 3, groups=2)", "ConvTranspose2d(3, 8, (3, 5))", "ConvTranspose2d(16, 8, 4, stride=2, padding=1)",
            "ConvTranspose3d(2, 4, 2)",
    ];

    static string[] Recurrent =>
    [
        "RNN(3, 4)", "RNN(3, 4, 2, bidirectional=True)", "RNN(5, 7, nonlinearity='relu', batch_first=True)", "LSTM(3, 4, 2)",
            "LSTM(3, 4, bidirectional=True, proj_size=2)", "LSTM(3, 4, bias=False)",
        "LSTM(30, 50, 2, bidirectional=True)", "LSTM(10, 20, 3, proj_size=5, dropout=0.5)", "GRU(3, 4)",
            "GRU(30, 50, 2, bidirectional=True, bias=False)", "RNNCell(3, 4)", "RNNCell(3, 4, nonlinearity='relu')",
        "LSTMCell(3, 4)", "LSTMCell(10, 20, bias=False)", "GRUCell(3, 4)", "GRUCell(3, 4, bias=False)",
    ];

    static string[] Normalisation =>
    [
        "BatchNorm1d(3)", "BatchNorm2d(3, affine=False)", "BatchNorm2d(3, track_running_stats=False)", "BatchNorm3d(4)",
            "BatchNorm2d(3, bias=False)", "SyncBatchNorm(3)", "InstanceNorm1d(3)",
        "InstanceNorm2d(3, affine=True, track_running_stats=True)", "InstanceNorm3d(3, affine=True)",
            "InstanceNorm2d(3, affine=True, bias=False)", "LayerNorm((2, 3))", "LayerNorm(3, elementwise_affine=False)",
        "LayerNorm(3, bias=False)", "GroupNorm(2, 4)", "GroupNorm(2, 4, affine=False)", "GroupNorm(2, 4, bias=False)", "RMSNorm((2, 3))",
            "RMSNorm(3, elementwise_affine=False)",
    ];

    static string[] Attention =>
    [
        "MultiheadAttention(8, 2)", "MultiheadAttention(8, 2, bias=False)", "MultiheadAttention(8, 2, kdim=3, vdim=5)",
            "MultiheadAttention(8, 2, add_bias_kv=True)", "MultiheadAttention(32, 4, add_bias_kv=True)",
        "MultiheadAttention(64, 8, kdim=64, vdim=32, bias=False)", "TransformerEncoderLayer(8, 2, 16)",
            "TransformerEncoderLayer(8, 2, 16, bias=False)", "TransformerEncoderLayer(32, 4, activation='gelu')",
        "TransformerDecoderLayer(8, 2, 16)", "TransformerDecoderLayer(16, 4, 32, norm_first=True)",
            "TransformerEncoder(TransformerEncoderLayer(8, 2, 16), 2)",
        "TransformerDecoder(TransformerDecoderLayer(8, 2, 16), 2, LayerNorm(8))", "Transformer(8, 2, 2, 1, 16)",
            "Transformer(8, 2, 0, 2, 16)", "Transformer(8, 2, 1, 1, 16, bias=False)", "Transformer(32, 4, 2, 2, 64)",
    ];

    static string[] Losses =>
    [
        "AdaptiveLogSoftmaxWithLoss(16, 20, [5, 10], div_value=2.0)", "AdaptiveLogSoftmaxWithLoss(16, 20, [5, 10], head_bias=True)",
            "AdaptiveLogSoftmaxWithLoss(64, 1000, [10, 100, 500])",
        "LinearCrossEntropyLoss(5, 7)", "LinearCrossEntropyLoss(5, 7, out_features=(2,), bias=True, weight=ones(7))",
    ];

    static string[] Lazy =>
    [
        "LazyLinear(4)", "LazyLinear(4)(2, 3)", "LazyLinear(7, bias=False)(2, 5, 11)", "LazyConv1d(6, 3, groups=2)(1, 4, 9)",
            "LazyConv2d(8, (3, 5))(1, 3, 9, 9)", "LazyConv3d(4, 2)(1, 2, 5, 5, 5)",
        "LazyConvTranspose1d(6, 3)(1, 4, 9)", "LazyConvTranspose2d(8, 3)(1, 3, 9, 9)", "LazyConvTranspose3d(4, 2)(1, 2, 5, 5, 5)",
            "LazyBatchNorm1d()(2, 3, 4)", "LazyBatchNorm2d(affine=False)(2, 3, 4, 4)",
        "LazyBatchNorm3d()(2, 3, 4, 4, 4)", "LazyInstanceNorm1d()(2, 3, 4)", "LazyInstanceNorm2d(affine=True)(2, 3, 4, 4)",
            "LazyInstanceNorm3d(affine=True, track_running_stats=True)(2, 3, 4, 4, 4)",
    ];

    static string[] Containers =>
    [
        "Sequential(Linear(784, 256), ReLU(), Dropout(0.5), Linear(256, 10))",
            "Sequential(Conv2d(1, 32, 3), BatchNorm2d(32), ReLU(), MaxPool2d(2), Flatten(), Linear(5408, 10))",
        "Sequential(Embedding(100, 16), LSTM(16, 32), Linear(32, 4))",
            "Sequential(Sequential(Linear(2, 3), Tanh()), Embedding(3, 1), Embedding(2, 3))", "ModuleList([Linear(3, 4), Linear(4, 5)])",
            "Sequential()",
        "utils.weight_norm(Linear(20, 30))", "utils.weight_norm(Conv2d(3, 8, 3), dim=None)",
            "utils.weight_norm(Linear(3, 4), name='bias')", "parametrizations.weight_norm(Linear(20, 30))",
        "utils.spectral_norm(Linear(20, 30))", "utils.spectral_norm(Linear(3, 4))", "utils.spectral_norm(ConvTranspose2d(3, 8, 3))",
            "parametrizations.spectral_norm(Linear(20, 30))", "parametrizations.spectral_norm(Linear(3, 4), name='bias')",
    ];
}
