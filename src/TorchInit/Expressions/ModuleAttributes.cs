using System.Collections.Frozen;

namespace TorchInit.Syntax;

/// <summary>The attributes of torch's modules that are arguments of their constructors: <c>m.in_features</c>,
/// <c>m.padding_idx</c>.</summary>
static class ModuleAttributes
{
    // Kept as they were given.
    static readonly FrozenSet<string> s_plain = ("in_features out_features in1_features in2_features num_embeddings embedding_dim "
        + "padding_idx max_norm norm_type scale_grad_by_freq sparse include_last_offset in_channels out_channels groups padding_mode "
        + "input_size hidden_size num_layers batch_first dropout bidirectional proj_size nonlinearity num_features eps momentum affine "
        + "track_running_stats elementwise_affine num_groups num_channels p inplace negative_slope embed_dim num_heads").Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    // Kept as one number for each dimension.
    static readonly FrozenSet<string> s_sizes = "kernel_size stride padding dilation output_padding".Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    // Parameters and buffers that are None in some modules of a class.
    static readonly FrozenSet<string> s_tensors = ("weight bias running_mean running_var num_batches_tracked bias_k bias_v in_proj_weight "
        + "in_proj_bias q_proj_weight k_proj_weight v_proj_weight").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    static readonly string[] s_recurrent = ["RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell"];

    /// <summary>Whether any module has an attribute of that name, as far as is known here.</summary>
    public static bool IsName(string name) => s_plain.Contains(name) || s_sizes.Contains(name) || s_tensors.Contains(name)
        || name == "normalized_shape" || name.StartsWith("weight_", StringComparison.Ordinal)
        || name.StartsWith("bias_", StringComparison.Ordinal);

    /// <summary>Whether no module of torch has an attribute of that name: those that texts give to functions which initialise.</summary>
    public static bool IsNoModules(string name) => name.TrimStart('_') is var plain && ((plain.StartsWith("init", StringComparison.Ordinal)
        && plain is not ("initialize_parameters" or "init_flat_weights" or "init__" or "init_subclass__")) || plain is "weight_init"
        or "weights_init" or "bias_init" or "reset_weights" or "reset_params" or "kaiming_init" or "xavier_init");

    /// <summary>Whether a module without this tensor has None in its place, and not nothing.</summary>
    public static bool IsNone(TorchCall module, string name) => s_tensors.Contains(name) && ArgumentsOf(module) is { } arguments
        && name switch
        {
            "bias" => arguments.Has("bias") || IsNorm(arguments),
            "weight" => IsNorm(arguments),
            "running_mean" or "running_var" or "num_batches_tracked" => arguments.Has("track_running_stats"),
            _ => module.Name == "MultiheadAttention",
        };

    /// <summary>The value; null where it is no argument, or is a tensor.</summary>
    public static TorchValue? Of(TorchCall module, string name)
    {
        bool isFlag = name == "bias" && Array.IndexOf(s_recurrent, module.Name) >= 0;
        bool isConv = module.Name.StartsWith("Conv", StringComparison.Ordinal);
        if (!isFlag && !s_plain.Contains(name) && !(isConv && s_sizes.Contains(name)) && name != "normalized_shape") { return null; }
        if (ArgumentsOf(module) is not { } arguments || !arguments.Has(name)) { return null; }
        TorchValue value = arguments[name];
        if (name == "padding_idx" && value is TorchInt { Value: < 0 } place && arguments["num_embeddings"] is TorchInt rows)
        {
            return new TorchInt(rows.Value + place.Value);
        }
        if (name == "normalized_shape") { return new TorchTuple([.. new PythonArgument(name, value).Items ?? [value]]); }
        if (!s_sizes.Contains(name) || value is TorchString) { return value; }
        return new TorchTuple([.. new PythonArgument(name, value).Repeated(module.Name[^2] - '0').Select(size => size.Value)]);
    }

    static bool IsNorm(BoundArguments arguments) => arguments.Has("affine") || arguments.Has("elementwise_affine");

    static BoundArguments? ArgumentsOf(TorchCall module)
        => CallTable.Knows(module.Name) && !module.Name.StartsWith("Lazy", StringComparison.Ordinal)
            ? TorchWarning.Silently(() => CallTable.Bind(module, TorchProfile.Default)) : null;
}
