using System.Collections.Frozen;

namespace TorchInit;

/// <summary>What Python finds under a name in a module; each wrapper refuses each kind with its own error.</summary>
enum ModuleEntry
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A parameter.</summary>
    Parameter,

    /// <summary>A buffer.</summary>
    Buffer,

    /// <summary>A parameter that is None, such as the bias of <c>Linear(3, 4, bias=False)</c>.</summary>
    NoParameter,

    /// <summary>A buffer that is None.</summary>
    NoBuffer,

    /// <summary>A parameter of a Lazy* class before its first input.</summary>
    UninitializedParameter,

    /// <summary>A buffer of a Lazy* class before its first input.</summary>
    UninitializedBuffer,

    /// <summary>A property that computes the tensor from its parametrizations.</summary>
    Parametrized,

    /// <summary>A plain tensor, which a utils wrapper leaves under the name that it took over.</summary>
    Tensor,

    /// <summary>A child, a method or a number: not a tensor.</summary>
    Attribute,
}

static class ModuleEntries
{
    const string Attention = "MultiheadAttention";

    // Attributes of nn.Module itself; the oracle's allowlist admits no name that begins with an underscore.
    static readonly FrozenSet<string> s_ofEveryModule = new[]
    {
        "training", "forward", "parameters", "named_parameters", "buffers", "named_buffers", "children", "named_children", "modules",
        "named_modules", "state_dict", "load_state_dict", "train", "eval", "apply", "to", "to_empty", "type", "float", "double", "half",
        "bfloat16", "cpu", "cuda", "ipu", "xpu", "add_module", "register_module", "register_buffer", "register_parameter", "get_parameter",
        "get_buffer", "get_submodule", "requires_grad_", "zero_grad", "extra_repr", "share_memory", "dump_patches", "call_super_init",
    }.ToFrozenSet(StringComparer.Ordinal);

    static readonly string[] s_norms = ["BatchNorm", "SyncBatchNorm", "InstanceNorm", "LayerNorm", "GroupNorm", "RMSNorm"];
    static readonly string[] s_running = ["BatchNorm", "SyncBatchNorm", "InstanceNorm"];
    static readonly string[] s_weighted =
        ["BCELoss", "BCEWithLogitsLoss", "NLLLoss", "NLLLoss2d", "CrossEntropyLoss", "MultiMarginLoss", "MultiLabelSoftMarginLoss"];

    static readonly string[] s_withBias = ["Linear", "NonDynamicallyQuantizableLinear", "Bilinear", "Conv"];
    static readonly string[] s_recurrent = ["RNN", "LSTM", "GRU"];

    // The constructor arguments that a class stores as attributes.
    static readonly string[] s_ofRunning = ["num_features", "eps", "momentum", "affine", "track_running_stats"];

    static readonly string[] s_ofRecurrent =
        ["mode", "input_size", "hidden_size", "num_layers", "batch_first", "dropout", "bidirectional", "proj_size", "nonlinearity"];

    static readonly (string Class, string[] Names)[] s_numbers =
    [
        ("Linear", ["in_features", "out_features"]), ("NonDynamicallyQuantizableLinear", ["in_features", "out_features"]),
        ("Bilinear", ["in1_features", "in2_features", "out_features"]),
        ("Conv", ["in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "padding_mode", "transposed"]),
        ("BatchNorm", s_ofRunning), ("SyncBatchNorm", s_ofRunning), ("InstanceNorm", s_ofRunning),
        ("LayerNorm", ["normalized_shape", "eps", "elementwise_affine"]), ("RMSNorm", ["normalized_shape", "eps", "elementwise_affine"]),
        ("GroupNorm", ["num_groups", "num_channels", "eps", "affine"]), ("PReLU", ["num_parameters"]),
        ("Embedding", ["num_embeddings", "embedding_dim", "padding_idx", "max_norm", "norm_type", "scale_grad_by_freq", "sparse"]),
        ("RNN", s_ofRecurrent), ("LSTM", s_ofRecurrent[..^1]), ("GRU", s_ofRecurrent[..^1]),
        (Attention, ["embed_dim", "kdim", "vdim", "num_heads", "dropout", "batch_first", "head_dim", "add_zero_attn"]),
    ];

    /// <summary>What <paramref name="name"/> is in the module that <paramref name="plan"/> makes; a name with a dot belongs to a child and
    /// is not an attribute.</summary>
    public static ModuleEntry Of(InitPlan plan, string name)
    {
        ModuleFacts facts = plan.Facts;
        if (facts.Parametrizations.Any(registered => registered.Name == name)) { return ModuleEntry.Parametrized; }
        if (name.Contains('.', StringComparison.Ordinal)) { return ModuleEntry.Missing; }
        if (plan.StateTensors.FirstOrDefault(tensor => tensor.Name == name) is { } own)
        {
            return own.Kind == ParameterKind.Parameter ? ModuleEntry.Parameter : ModuleEntry.Buffer;
        }
        if (facts.Hooks.Any(hook => hook.Name == name)) { return ModuleEntry.Tensor; }
        foreach ((string lazy, ParameterKind kind) in facts.Uninitialized)
        {
            if (lazy == name)
            {
                return kind == ParameterKind.Parameter ? ModuleEntry.UninitializedParameter : ModuleEntry.UninitializedBuffer;
            }
        }
        if (plan.StateTensors.Any(tensor => tensor.Name.StartsWith($"{name}.", StringComparison.Ordinal)) || s_ofEveryModule.Contains(name))
        {
            return ModuleEntry.Attribute;
        }
        return OfClass(plan.TorchClass.StartsWith("Lazy", StringComparison.Ordinal) ? plan.TorchClass[4..] : plan.TorchClass, name);
    }

    /// <summary>What a class registers as None or stores as a number under a name where it makes no tensor.</summary>
    static ModuleEntry OfClass(string type, string name) => name switch
    {
        "weight" when IsOne(type, s_norms) => ModuleEntry.NoParameter,
        "weight" when s_weighted.Contains(type) => ModuleEntry.NoBuffer,
        "pos_weight" when type == "BCEWithLogitsLoss" => ModuleEntry.NoBuffer,
        "bias" when IsOne(type, s_norms) && type != "RMSNorm" || IsOne(type, s_withBias) => ModuleEntry.NoParameter,
        "bias" when IsOne(type, s_recurrent) => ModuleEntry.Attribute,
        "bias_ih" or "bias_hh" when type.EndsWith("Cell", StringComparison.Ordinal) => ModuleEntry.NoParameter,
        "running_mean" or "running_var" or "num_batches_tracked" when IsOne(type, s_running) => ModuleEntry.NoBuffer,
        "in_proj_bias" when type == Attention => ModuleEntry.NoParameter,
        "in_proj_weight" or "q_proj_weight" or "k_proj_weight" or "v_proj_weight" when type == Attention => ModuleEntry.NoParameter,
        "bias_k" or "bias_v" when type == Attention => ModuleEntry.Attribute,
        _ => s_numbers.Any(family => type.StartsWith(family.Class, StringComparison.Ordinal) && family.Names.Contains(name))
            ? ModuleEntry.Attribute : ModuleEntry.Missing,
    };

    static bool IsOne(string type, string[] families) => families.Any(family => type.StartsWith(family, StringComparison.Ordinal));
}
