using System.Collections.Frozen;

namespace TorchInit;

/// <summary>The classes of torch.nn without parameters and buffers: they draw nothing, but take a number in a Sequential.</summary>
static class ParameterlessNames
{
    public static readonly FrozenSet<string> All = """
        Identity ReLU ReLU6 LeakyReLU ELU CELU SELU GELU SiLU Mish Hardswish Hardsigmoid Hardtanh Hardshrink Softshrink Tanhshrink Softplus
        Softsign Sigmoid LogSigmoid Tanh Threshold RReLU GLU Softmax LogSoftmax Softmin Softmax2d Dropout Dropout1d Dropout2d Dropout3d
        AlphaDropout FeatureAlphaDropout Flatten Unflatten MaxPool1d MaxPool2d MaxPool3d AvgPool1d AvgPool2d AvgPool3d LPPool1d LPPool2d
        AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d Upsample PixelShuffle
        PixelUnshuffle ChannelShuffle ZeroPad2d ConstantPad1d ConstantPad2d ConstantPad3d ReflectionPad1d ReflectionPad2d ReplicationPad1d
        ReplicationPad2d ReplicationPad3d LocalResponseNorm CosineSimilarity PairwiseDistance Fold Unfold
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
