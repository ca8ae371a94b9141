namespace TorchInit.Parity;

/// <summary>One argument of a class or function: its name, the kind of value that it usually has, and whether it may be left out.</summary>
readonly record struct FuzzArgument(string Name, string Kind, bool IsOptional);

/// <summary>What a fuzzer may call: a name, the rank of its kernel or input, and its arguments in order.</summary>
sealed record FuzzRule(string Name, int Rank, IReadOnlyList<FuzzArgument> Arguments)
{
    public bool IsLazy => Name.StartsWith("Lazy", StringComparison.Ordinal);

    /// <summary>Reads <c>Conv2d 2 in_channels:channels ?stride:stride</c>; a question mark: may be left out.</summary>
    public static FuzzRule Parse(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(words[0], words[1][0] - '0',
            [.. words.Skip(2).Select(word => word.TrimStart('?').Split(':') is var parts
                ? new FuzzArgument(parts[0], parts[1], word[0] == '?') : default)]);
    }
}

/// <summary>Every class and function that is called, with its arguments under torch's names.</summary>
static class FuzzGrammar
{
    const string Factory = "?device:device ?dtype:dtype";
    const string Reduction = "?size_average:flag ?reduce:flag ?reduction:reduction";
    const string Conv = $"kernel_size:kernel ?stride:stride ?padding:padding ?dilation:stride ?groups:groups ?bias:flag "
        + $"?padding_mode:mode {Factory}";
    const string Transposed = $"kernel_size:kernel ?stride:stride ?padding:padding ?output_padding:padding ?groups:groups ?bias:flag "
        + $"?dilation:stride ?padding_mode:mode {Factory}";
    const string Norm = $"?eps:number ?momentum:number ?affine:flag ?track_running_stats:flag {Factory}";
    const string Recurrent = $"input_size:size hidden_size:size ?num_layers:layers ?bias:flag ?batch_first:flag ?dropout:share "
        + $"?bidirectional:flag ?proj_size:small ?nonlinearity:tanh {Factory}";
    const string Layer = $"d_model:embed nhead:heads ?dim_feedforward:size ?dropout:share ?activation:relu ?layer_norm_eps:number "
        + $"?batch_first:flag ?norm_first:flag ?bias:flag {Factory}";
    const string Kaiming = "tensor:shape ?a:number ?mode:fan ?nonlinearity:nonlinearity";
    const string Pool = "kernel_size:kernel ?stride:stride ?padding:padding";

    /// <summary>Classes with tensors.</summary>
    public static readonly IReadOnlyList<FuzzRule> Modules = Rules($"""
        Linear 0 in_features:size out_features:size ?bias:flag {Factory}
        NonDynamicallyQuantizableLinear 0 in_features:size out_features:size ?bias:flag {Factory}
        Bilinear 0 in1_features:size in2_features:size out_features:size ?bias:flag {Factory}
        Conv1d 1 in_channels:channels out_channels:channels {Conv}
        Conv2d 2 in_channels:channels out_channels:channels {Conv}
        Conv3d 3 in_channels:channels out_channels:channels {Conv}
        ConvTranspose1d 1 in_channels:channels out_channels:channels {Transposed}
        ConvTranspose2d 2 in_channels:channels out_channels:channels {Transposed}
        ConvTranspose3d 3 in_channels:channels out_channels:channels {Transposed}
        BatchNorm1d 1 num_features:size {Norm}
        BatchNorm2d 2 num_features:size {Norm}
        BatchNorm3d 3 num_features:size {Norm}
        SyncBatchNorm 0 num_features:size ?eps:number ?momentum:number ?affine:flag ?track_running_stats:flag ?process_group:none {Factory}
        InstanceNorm1d 1 num_features:size {Norm}
        InstanceNorm2d 2 num_features:size {Norm}
        InstanceNorm3d 3 num_features:size {Norm}
        LayerNorm 0 normalized_shape:sizes ?eps:number ?elementwise_affine:flag ?bias:flag {Factory}
        RMSNorm 0 normalized_shape:sizes ?eps:number ?elementwise_affine:flag {Factory}
        GroupNorm 0 num_groups:groups num_channels:channels ?eps:number ?affine:flag {Factory}
        Embedding 0 num_embeddings:size embedding_dim:size ?padding_idx:index ?max_norm:number ?norm_type:number ?scale_grad_by_freq:flag ?sparse:flag ?_weight:none ?_freeze:flag {Factory}
        EmbeddingBag 0 num_embeddings:size embedding_dim:size ?max_norm:number ?norm_type:number ?scale_grad_by_freq:flag ?mode:bag ?sparse:flag ?_weight:none ?include_last_offset:flag ?padding_idx:index {Factory}
        PReLU 0 ?num_parameters:size ?init:number {Factory}
        RNN 0 {Recurrent}
        LSTM 0 {Recurrent}
        GRU 0 {Recurrent}
        RNNCell 0 input_size:size hidden_size:size ?bias:flag ?nonlinearity:tanh {Factory}
        LSTMCell 0 input_size:size hidden_size:size ?bias:flag {Factory}
        GRUCell 0 input_size:size hidden_size:size ?bias:flag {Factory}
        MultiheadAttention 0 embed_dim:embed num_heads:heads ?dropout:share ?bias:flag ?add_bias_kv:flag ?add_zero_attn:flag ?kdim:size ?vdim:size ?batch_first:flag {Factory}
        TransformerEncoderLayer 0 {Layer}
        TransformerDecoderLayer 0 {Layer}
        TransformerEncoder 0 encoder_layer:encoder num_layers:layers ?norm:norm ?enable_nested_tensor:flag ?mask_check:flag
        TransformerDecoder 0 decoder_layer:decoder num_layers:layers ?norm:norm
        Transformer 0 ?d_model:embed ?nhead:heads ?num_encoder_layers:layers ?num_decoder_layers:layers ?dim_feedforward:size ?dropout:share ?activation:relu ?custom_encoder:module ?custom_decoder:module ?layer_norm_eps:number ?batch_first:flag ?norm_first:flag ?bias:flag {Factory}
        AdaptiveLogSoftmaxWithLoss 0 in_features:size n_classes:size cutoffs:cutoffs ?div_value:number ?head_bias:flag {Factory}
        """);

    /// <summary>Classes that are initialised by their first input.</summary>
    public static readonly IReadOnlyList<FuzzRule> Lazy = Rules($"""
        LazyLinear 0 out_features:size ?bias:flag {Factory}
        LazyConv1d 1 out_channels:channels {Conv}
        LazyConv2d 2 out_channels:channels {Conv}
        LazyConv3d 3 out_channels:channels {Conv}
        LazyConvTranspose1d 1 out_channels:channels {Transposed}
        LazyConvTranspose2d 2 out_channels:channels {Transposed}
        LazyConvTranspose3d 3 out_channels:channels {Transposed}
        LazyBatchNorm1d 1 {Norm}
        LazyBatchNorm2d 2 {Norm}
        LazyBatchNorm3d 3 {Norm}
        LazyInstanceNorm1d 1 {Norm}
        LazyInstanceNorm2d 2 {Norm}
        LazyInstanceNorm3d 3 {Norm}
        """);

    /// <summary>Functions that take a module.</summary>
    public static readonly IReadOnlyList<FuzzRule> Wrappers = Rules("""
        utils.weight_norm 0 module:module ?name:name ?dim:dim
        parametrizations.weight_norm 0 module:module ?name:name ?dim:dim
        utils.spectral_norm 0 module:module ?name:name ?n_power_iterations:layers ?eps:number ?dim:dim
        parametrizations.spectral_norm 0 module:module ?name:name ?n_power_iterations:layers ?eps:number ?dim:dim
        """);

    /// <summary>Functions that fill a tensor.</summary>
    public static readonly IReadOnlyList<FuzzRule> Fills = Rules($"""
        uniform_ 0 tensor:shape ?from_:number ?to:number
        normal_ 0 tensor:shape ?mean:number ?std:number
        randperm 0 n:size
        init.uniform_ 0 tensor:shape ?a:number ?b:number
        init.normal_ 0 tensor:shape ?mean:number ?std:number
        init.trunc_normal_ 0 tensor:shape ?mean:number ?std:number ?a:number ?b:number
        init.constant_ 0 tensor:shape val:number
        init.ones_ 0 tensor:shape
        init.zeros_ 0 tensor:shape
        init.eye_ 0 tensor:shape
        init.dirac_ 0 tensor:shape ?groups:groups
        init.xavier_uniform_ 0 tensor:shape ?gain:number
        init.xavier_normal_ 0 tensor:shape ?gain:number
        init.kaiming_uniform_ 0 {Kaiming}
        init.kaiming_normal_ 0 {Kaiming}
        init.orthogonal_ 0 tensor:shape ?gain:number
        init.sparse_ 0 tensor:shape sparsity:share ?std:number
        init.uniform 0 tensor:shape ?a:number ?b:number
        init.kaiming_normal 0 {Kaiming}
        init.calculate_gain 0 nonlinearity:nonlinearity ?param:number
        """);

    /// <summary>Classes without tensors: torch decides what they refuse, too.</summary>
    public static readonly IReadOnlyList<FuzzRule> Parameterless = Rules($"""
        Identity 0 ?args:any
        ReLU 0 ?inplace:flag
        LeakyReLU 0 ?negative_slope:number ?inplace:flag
        ELU 0 ?alpha:number ?inplace:flag
        GELU 0 ?approximate:none
        SiLU 0 ?inplace:flag
        Hardtanh 0 ?min_val:number ?max_val:number ?inplace:flag ?min_value:number ?max_value:number
        Softplus 0 ?beta:number ?threshold:number
        Tanh 0
        Sigmoid 0
        Softsign 0
        Threshold 0 threshold:number value:number ?inplace:flag
        RReLU 0 ?lower:share ?upper:share ?inplace:flag
        GLU 0 ?dim:dim
        Softmax 0 ?dim:dim
        Dropout 0 ?p:share ?inplace:flag
        Dropout1d 0 ?p:share ?inplace:flag
        Dropout2d 0 ?p:share ?inplace:flag
        AlphaDropout 0 ?p:share ?inplace:flag
        Flatten 0 ?start_dim:dim ?end_dim:dim
        Unflatten 0 dim:dim unflattened_size:sizes
        MaxPool1d 1 {Pool} ?dilation:stride ?return_indices:flag ?ceil_mode:flag
        MaxPool2d 2 {Pool} ?dilation:stride ?return_indices:flag ?ceil_mode:flag
        MaxPool3d 3 {Pool} ?dilation:stride ?return_indices:flag ?ceil_mode:flag
        AvgPool1d 1 {Pool} ?ceil_mode:flag ?count_include_pad:flag
        AvgPool2d 2 {Pool} ?ceil_mode:flag ?count_include_pad:flag ?divisor_override:size
        AvgPool3d 3 {Pool} ?ceil_mode:flag ?count_include_pad:flag ?divisor_override:size
        LPPool2d 2 norm_type:number kernel_size:kernel ?stride:stride ?ceil_mode:flag
        AdaptiveAvgPool2d 2 output_size:kernel
        AdaptiveMaxPool1d 1 output_size:kernel ?return_indices:flag
        Upsample 2 ?size:kernel ?scale_factor:number ?mode:none ?align_corners:flag ?recompute_scale_factor:flag
        PixelShuffle 0 upscale_factor:size
        ChannelShuffle 0 groups:groups
        ZeroPad2d 2 padding:kernel
        ConstantPad1d 1 padding:kernel value:number
        ReflectionPad2d 2 padding:kernel
        ReplicationPad3d 3 padding:kernel
        LocalResponseNorm 0 size:size ?alpha:number ?beta:number ?k:number
        CosineSimilarity 0 ?dim:dim ?eps:number
        PairwiseDistance 0 ?p:number ?eps:number ?keepdim:flag
        Fold 2 output_size:kernel kernel_size:kernel ?dilation:stride ?padding:padding ?stride:stride
        Unfold 2 kernel_size:kernel ?dilation:stride ?padding:padding ?stride:stride
        MaxUnpool2d 2 kernel_size:kernel ?stride:stride ?padding:padding
        FractionalMaxPool2d 2 kernel_size:kernel ?output_size:kernel ?output_ratio:share
        FractionalMaxPool3d 3 kernel_size:kernel ?output_size:kernel ?output_ratio:share ?return_indices:flag
        UpsamplingNearest2d 2 ?size:kernel ?scale_factor:number
        UpsamplingBilinear2d 2 ?size:kernel ?scale_factor:number
        ReflectionPad3d 3 padding:kernel
        CrossMapLRN2d 0 size:size ?alpha:number ?beta:number ?k:number
        L1Loss 0 {Reduction}
        MSELoss 0 {Reduction}
        BCELoss 0 ?weight:weights {Reduction}
        BCEWithLogitsLoss 0 ?weight:weights {Reduction} ?pos_weight:weights
        NLLLoss 0 ?weight:weights ?size_average:flag ?ignore_index:index ?reduce:flag ?reduction:reduction
        CrossEntropyLoss 0 ?weight:weights ?size_average:flag ?ignore_index:index ?reduce:flag ?reduction:reduction ?label_smoothing:share
        CTCLoss 0 ?blank:index ?reduction:reduction ?zero_infinity:flag
        CosineEmbeddingLoss 0 ?margin:number {Reduction}
        HingeEmbeddingLoss 0 ?margin:number {Reduction}
        HuberLoss 0 ?reduction:reduction ?delta:number
        KLDivLoss 0 {Reduction} ?log_target:flag
        MarginRankingLoss 0 ?margin:number {Reduction}
        MultiMarginLoss 0 ?p:number ?margin:number ?weight:weights {Reduction}
        MultiLabelSoftMarginLoss 0 ?weight:weights {Reduction}
        PoissonNLLLoss 0 ?log_input:flag ?full:flag ?size_average:flag ?eps:number ?reduce:flag ?reduction:reduction
        SmoothL1Loss 0 {Reduction} ?beta:number
        TripletMarginLoss 0 ?margin:number ?p:number ?eps:number ?swap:flag {Reduction}
        """);

    static FuzzRule[] Rules(string text)
        => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(FuzzRule.Parse)];
}
