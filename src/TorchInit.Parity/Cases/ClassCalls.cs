namespace TorchInit.Parity;

/// <summary>A call of every public class of torch.nn 2.6, except Module, ParameterList and ParameterDict, which need no
/// arguments.</summary>
static class ClassCalls
{
    const string Text = """
        AdaptiveAvgPool1d(3) AdaptiveAvgPool2d(3) AdaptiveAvgPool3d(3) AdaptiveLogSoftmaxWithLoss(4,9,[2,5]) AdaptiveMaxPool1d(3)
        AdaptiveMaxPool2d(3) AdaptiveMaxPool3d(3) AlphaDropout() AvgPool1d(2) AvgPool2d(2) AvgPool3d(2) BCELoss()
        BCEWithLogitsLoss(pos_weight=ones(3)) BatchNorm1d(3) BatchNorm2d(3) BatchNorm3d(3) Bilinear(2,3,4) CELU() CTCLoss()
        ChannelShuffle(2) CircularPad1d(1) CircularPad2d(1) CircularPad3d(1) ConstantPad1d(1,0) ConstantPad2d(1,0) ConstantPad3d(1,0)
        Container(a=Linear(2,3)) Conv1d(2,3,1) Conv2d(2,3,1) Conv3d(2,3,1) ConvTranspose1d(2,3,1) ConvTranspose2d(2,3,1)
        ConvTranspose3d(2,3,1) CosineEmbeddingLoss() CosineSimilarity() CrossEntropyLoss(weight=tensor([0.5,2.0])) CrossMapLRN2d(2)
        DataParallel(Linear(2,3)) Dropout() Dropout1d() Dropout2d() Dropout3d() ELU() Embedding(3,4) EmbeddingBag(3,4)
        FeatureAlphaDropout() Flatten() Fold(2,2) FractionalMaxPool2d(2,output_size=3) FractionalMaxPool3d(2,output_ratio=0.5) GELU()
        GLU() GRU(2,3) GRUCell(2,3) GaussianNLLLoss() GroupNorm(2,4) Hardshrink() Hardsigmoid() Hardswish() Hardtanh()
        HingeEmbeddingLoss() HuberLoss() Identity() InstanceNorm1d(3) InstanceNorm2d(3) InstanceNorm3d(3) KLDivLoss() L1Loss()
        LPPool1d(2,3) LPPool2d(2,3) LPPool3d(2,3) LSTM(2,3) LSTMCell(2,3) LayerNorm(3) LazyBatchNorm1d() LazyBatchNorm2d()
        LazyBatchNorm3d() LazyConv1d(3,1) LazyConv2d(3,1) LazyConv3d(3,1) LazyConvTranspose1d(3,1) LazyConvTranspose2d(3,1)
        LazyConvTranspose3d(3,1) LazyInstanceNorm1d() LazyInstanceNorm2d() LazyInstanceNorm3d() LazyLinear(3) LeakyReLU() Linear(2,3)
        LocalResponseNorm(2) LogSigmoid() LogSoftmax() MSELoss() MarginRankingLoss() MaxPool1d(2) MaxPool2d(2) MaxPool3d(2) MaxUnpool1d(2)
        MaxUnpool2d(2) MaxUnpool3d(2) Mish() ModuleDict({'a':Linear(2,3)}) ModuleList([Linear(2,3)]) MultiLabelMarginLoss()
        MultiLabelSoftMarginLoss(weight=zeros(2)) MultiMarginLoss() MultiheadAttention(4,2) NLLLoss(ones(3)) NLLLoss2d() PReLU()
        PairwiseDistance() PixelShuffle(2) PixelUnshuffle(2) PoissonNLLLoss() RMSNorm(3) RNN(2,3) RNNBase('GRU',2,3) RNNCell(2,3)
        RNNCellBase(2,3,True,2) RReLU() ReLU() ReLU6() ReflectionPad1d(1) ReflectionPad2d(1) ReflectionPad3d(1) ReplicationPad1d(1)
        ReplicationPad2d(1) ReplicationPad3d(1) SELU() Sequential(OrderedDict([('a',Linear(2,3))])) SiLU() Sigmoid() SmoothL1Loss()
        SoftMarginLoss() Softmax() Softmax2d() Softmin() Softplus() Softshrink() Softsign() SyncBatchNorm(3) Tanh() Tanhshrink()
        Threshold(1,2) Transformer(4,2,1,1,8) TransformerDecoder(TransformerDecoderLayer(4,2,8),1) TransformerDecoderLayer(4,2,8)
        TransformerEncoder(TransformerEncoderLayer(4,2,8),1) TransformerEncoderLayer(4,2,8) TripletMarginLoss()
        TripletMarginWithDistanceLoss() Unflatten(1,(2,3)) Unfold(2) Upsample() UpsamplingBilinear2d() UpsamplingNearest2d() ZeroPad1d(1)
        ZeroPad2d(1) ZeroPad3d(1)
        """;

    /// <summary>The calls, in the order of their names.</summary>
    public static IReadOnlyList<string> All { get; } = Text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
