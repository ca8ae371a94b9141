namespace TorchInit;

static class AttentionCalls
{
    const string LayerHead = "d_model, nhead, dim_feedforward=2048, dropout=0.1, activation='relu', layer_norm_eps=1e-5, "
        + "batch_first=False, norm_first=False";
    const string TransformerHead = "d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1, "
        + "activation='relu', custom_encoder=None, custom_decoder=None, "
        + "layer_norm_eps=1e-5, batch_first=False, norm_first=False";
    const string Factory = "device=None, dtype=None";

    public static readonly CallRule[] Rules =
    [
        new("MultiheadAttention",
            $"embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, "
                + $"batch_first=False, {Factory}", Attention),
        Layer("TransformerEncoderLayer", Modules.TransformerEncoderLayer),
        Layer("TransformerDecoderLayer", Modules.TransformerDecoderLayer),
        new("TransformerEncoder", "encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True", (a, profile) =>
        {
            InitPlan plan = Stack(a, "encoder_layer", profile, Modules.TransformerEncoder);
            if (a.Bool("enable_nested_tensor")) { NestedTensorWarning.Raise(a.Argument("encoder_layer"), profile); }
            return plan;
        }),
        new("TransformerDecoder", "decoder_layer, num_layers, norm=None", (a, profile)
            => Stack(a, "decoder_layer", profile, Modules.TransformerDecoder)),
        new("Transformer", $"{TransformerHead}, bias=True, {Factory}", Transformer)
        {
            Older = [(2, 1, $"{TransformerHead}, {Factory}")],
            Kept = [("custom_encoder", "encoder"), ("custom_decoder", "decoder")],
        },
    ];

    static CallRule Layer(string name, Func<long, long, long, bool?, TorchProfile?, InitPlan> module)
        => new(name, $"{LayerHead}, bias=True, {Factory}", (a, profile) =>
        {
            CheckLayer(a, profile);
            return module(a.Argument("d_model").Integer!.Value, Heads(a.Argument("nhead")), a.Argument("dim_feedforward").Integer!.Value,
                a.BoolIfGiven("bias"), profile);
        })
        {
            Older = [(2, 1, $"{LayerHead}, {Factory}")],
        };

    static InitPlan Attention(BoundArguments a, TorchProfile profile)
    {
        PythonArgument embed = a.Argument("embed_dim");
        (PythonArgument keys, PythonArgument values) = (a.Argument("kdim"), a.Argument("vdim"));
        CheckHeads(embed, a.Argument("num_heads"), profile);
        bool together = (keys.IsNone || keys.IsEqualTo(embed)) && (values.IsNone || values.IsEqualTo(embed));
        if (together) { _ = TorchSizes.Of(embed.Times(3), embed); }
        else
        {
            _ = TorchSizes.Of(embed, embed);
            _ = TorchSizes.Of(embed, keys.IsNone ? embed : keys);
            _ = TorchSizes.Of(embed, values.IsNone ? embed : values);
        }
        _ = TorchSizes.Of(embed, embed);      // out_proj
        return Modules.MultiheadAttention(embed.Integer!.Value, Heads(a.Argument("num_heads")), a.Bool("bias"), a.Bool("add_bias_kv"),
            keys.IsNone || together ? null : keys.Integer, values.IsNone || together ? null : values.Integer, profile);
    }

    /// <summary>The checks of one layer, in the order in which torch creates its parts.</summary>
    static void CheckLayer(BoundArguments a, TorchProfile profile)
    {
        (PythonArgument model, PythonArgument feedforward) = (a.Argument("d_model"), a.Argument("dim_feedforward"));
        CheckHeads(model, a.Argument("nhead"), profile);
        _ = TorchSizes.Of(model.Times(3), model);
        _ = TorchSizes.Of(model, model);
        // xavier_uniform_
        if (model.Equals(0))
        {
            throw TorchArgumentException.ZeroDivisionError(model.Name, model.Value, "above 0", "float division by zero");
        }
        _ = TorchSizes.Of(feedforward, model);
        ParameterlessCalls.CheckDropout(a.Argument("dropout"));
        _ = TorchSizes.Of(model, feedforward);
        if (a["activation"] is TorchString { Value: not ("relu" or "gelu") and var name })
        {
            throw TorchArgumentException.RuntimeError("activation", name, "'relu', 'gelu'", $"activation should be relu/gelu, not {name}");
        }
    }

    static void CheckHeads(PythonArgument embed, PythonArgument heads, TorchProfile profile)
    {
        if (profile.Has(2, 1) && (embed.IsAtMost(0) || heads.IsAtMost(0)))
        {
            throw (embed.IsAtMost(0) ? embed : heads).ValueError("above 0",
                PythonArgument.Quoting(
                    $"embed_dim and num_heads must be greater than 0, got embed_dim={embed} and num_heads={heads} instead"));
        }
        PythonArgument size = embed.FloorDivide(heads);
        if (!size.IsEqualToProduct(heads, embed))
        {
            throw new TorchArgumentException(embed.Name, embed.Value, $"a multiple of {heads.Name} = {heads.Value}", "AssertionError",
                "embed_dim must be divisible by num_heads");
        }
    }

    /// <summary>The number of heads affects no shape; 6.0 divides like 6.</summary>
    static long Heads(PythonArgument heads)
        => heads.Integer ?? (heads.Number is { } number && number == Math.Truncate(number) && Math.Abs(number) < 1 << 30 ? (long)number
        : 1);

    static InitPlan Stack(BoundArguments a, string name, TorchProfile profile, Func<InitPlan, long, InitPlan?, InitPlan> module)
    {
        (PythonArgument layer, long count) = (a.Argument(name), a.Argument("num_layers").Index());
        InitPlan? norm = a.OptionalModule("norm", profile);
        if (a.OptionalModule(name, profile) is { } plan) { return module(plan, count, norm); }
        // None is a child without tensors; any other value is not a module.
        if (count > 0 && !layer.IsNone) { throw layer.TypeError("a module", $"{layer.TypeName} is not a Module subclass"); }
        return module(Modules.Parameterless("None", profile), count, norm);
    }

    static InitPlan Transformer(BoundArguments a, TorchProfile profile)
    {
        (PythonArgument encoder, PythonArgument decoder) = (a.Argument("custom_encoder"), a.Argument("custom_decoder"));
        if (encoder.IsNone || decoder.IsNone) { CheckLayer(a, profile); }
        if (encoder.IsNone) { _ = a.Argument("num_encoder_layers").Index(); }
        if (decoder.IsNone) { _ = a.Argument("num_decoder_layers").Index(); }
        (InitPlan? ownEncoder, InitPlan? ownDecoder) = (Custom(encoder), Custom(decoder));
        InitPlan made = Modules.Transformer(Size("d_model"), Heads(a.Argument("nhead")), Size("num_encoder_layers"),
            Size("num_decoder_layers"), Size("dim_feedforward"), ownEncoder, ownDecoder, a.BoolIfGiven("bias"), profile,
            () => NestedTensorWarning.Raise(a, profile));
        CheckShapes(encoder, ownEncoder);
        CheckShapes(decoder, ownDecoder);
        return made;

        // Arguments that two custom stacks leave unused are never checked.
        long Size(string name) => a.Argument(name).Integer ?? 0;

        // A value that is not a module is an attribute without tensors.
        InitPlan? Custom(PythonArgument custom) => custom.IsNone ? null : a.OptionalModule(custom.Name, profile)
            ?? Modules.Parameterless(custom.Text, profile);
    }

    /// <summary>Once everything is made, the Transformer asks every parameter for its dimensions, also in custom stacks.</summary>
    static void CheckShapes(PythonArgument argument, InitPlan? module)
    {
        if (module?.Facts.Uninitialized.Any(tensor => tensor.Kind == ParameterKind.Parameter) != true) { return; }
        throw argument.ValueError("a module whose parameters have shapes; give it an input first",
            "Attempted to use an uninitialized parameter in <method 'dim' of 'torch._C._TensorBase' objects>. This error happens when you are "
                + "using a `LazyModule` or explicitly manipulating `torch.nn.parameter.UninitializedParameter` objects. When using LazyModules "
                + "Call `forward` with a dummy batch to initialize the parameters before calling torch functions");
    }
}
