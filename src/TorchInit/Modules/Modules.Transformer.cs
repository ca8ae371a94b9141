namespace TorchInit;

public static partial class Modules
{
    /// <summary>TransformerEncoderLayer: self_attn, linear1 (ff, d) and linear2 (d, ff), drawn in that order; norm1 and norm2 have weight 1
    /// and bias 0.</summary>
    /// <param name="dModel">d; divisible by <paramref name="nhead"/>.</param>
    /// <param name="nhead">The number of heads; affects no shape.</param>
    /// <param name="dimFeedforward">ff.</param>
    /// <param name="bias">Since torch 2.1: false omits all biases; null for torch's default.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="NotInThisTorchException"><paramref name="bias"/> is given and the profile is older than 2.1.</exception>
    /// <exception cref="TorchArgumentException">As <see cref="MultiheadAttention"/>.</exception>
    public static InitPlan TransformerEncoderLayer(long dModel, long nhead, long dimFeedforward = 2048, bool? bias = null,
        TorchProfile? profile = null)
        => CallersArgument.Named(
            () => Layer("TransformerEncoderLayer", ["self_attn"], norms: 2, dModel, nhead, dimFeedforward, bias, profile),
            (nameof(dModel), dModel), (nameof(nhead), nhead), (nameof(dimFeedforward), dimFeedforward));

    /// <summary>TransformerDecoderLayer: self_attn, multihead_attn, linear1 and linear2, drawn in that order; norm1 to norm3 have weight 1
    /// and bias 0.</summary>
    /// <inheritdoc cref="TransformerEncoderLayer"/>
    public static InitPlan TransformerDecoderLayer(long dModel, long nhead, long dimFeedforward = 2048, bool? bias = null,
        TorchProfile? profile = null)
        => CallersArgument.Named(
            () => Layer("TransformerDecoderLayer", ["self_attn", "multihead_attn"], norms: 3, dModel, nhead, dimFeedforward, bias, profile),
            (nameof(dModel), dModel), (nameof(nhead), nhead), (nameof(dimFeedforward), dimFeedforward));

    /// <summary>TransformerEncoder: <paramref name="numLayers"/> identical deep copies of one layer; the layer itself is drawn and
    /// discarded.</summary>
    /// <param name="encoderLayer">The layer, constructed first.</param>
    /// <param name="numLayers">The number of copies.</param>
    /// <param name="norm">The final norm, constructed after the layer; null for none.</param>
    public static InitPlan TransformerEncoder(InitPlan encoderLayer, long numLayers, InitPlan? norm = null)
        => Stack("TransformerEncoder", encoderLayer ?? throw new ArgumentNullException(nameof(encoderLayer)), numLayers, norm);

    /// <summary>TransformerDecoder: <paramref name="numLayers"/> identical deep copies of one layer; the layer itself is drawn and
    /// discarded.</summary>
    /// <param name="decoderLayer">The layer, constructed first.</param>
    /// <param name="numLayers">The number of copies.</param>
    /// <param name="norm">The final norm, constructed after the layer; null for none.</param>
    public static InitPlan TransformerDecoder(InitPlan decoderLayer, long numLayers, InitPlan? norm = null)
        => Stack("TransformerDecoder", decoderLayer ?? throw new ArgumentNullException(nameof(decoderLayer)), numLayers, norm);

    /// <summary>
    /// Transformer: an encoder and a decoder stack, each made of copies of one drawn layer; then xavier_uniform_ on every parameter of 2 or
    /// more dimensions. Weights therefore differ between layers, but the biases of linear1 and linear2 keep the prototype's values in all
    /// layers.
    /// </summary>
    /// <param name="dModel">d; divisible by <paramref name="nhead"/>.</param>
    /// <param name="nhead">The number of heads.</param>
    /// <param name="numEncoderLayers">Copies in the encoder; the prototype is drawn even for 0.</param>
    /// <param name="numDecoderLayers">Copies in the decoder; the prototype is drawn even for 0.</param>
    /// <param name="dimFeedforward">ff of each layer.</param>
    /// <param name="customEncoder">Replaces the encoder; constructed first; its matrices are redrawn too.</param>
    /// <param name="customDecoder">Replaces the decoder; constructed first; its matrices are redrawn too.</param>
    /// <param name="bias">Since torch 2.1: false omits all biases; null for torch's default.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="NotInThisTorchException"><paramref name="bias"/> is given and the profile is older than 2.1.</exception>
    /// <exception cref="TorchArgumentException">As <see cref="MultiheadAttention"/>.</exception>
    public static InitPlan Transformer(long dModel = 512, long nhead = 8, long numEncoderLayers = 6, long numDecoderLayers = 6,
        long dimFeedforward = 2048,
        InitPlan? customEncoder = null, InitPlan? customDecoder = null, bool? bias = null, TorchProfile? profile = null)
        => CallersArgument.Named(() => Transformer(dModel, nhead, numEncoderLayers, numDecoderLayers, dimFeedforward, customEncoder,
            customDecoder, bias, profile, encoderMade: null),
            (nameof(dModel), dModel), (nameof(nhead), nhead), (nameof(dimFeedforward), dimFeedforward));

    /// <summary>The same; <paramref name="encoderMade"/> is called between the encoder and the decoder, unless a custom encoder is
    /// given.</summary>
    internal static InitPlan Transformer(long dModel, long nhead, long numEncoderLayers, long numDecoderLayers, long dimFeedforward,
        InitPlan? customEncoder, InitPlan? customDecoder, bool? bias,
        TorchProfile? profile, Action? encoderMade)
    {
        PlanBuilder plan = new(profile);
        CheckProfile(plan.Profile, customEncoder, nameof(customEncoder));
        CheckProfile(plan.Profile, customDecoder, nameof(customDecoder));
        InitPlan Norm() => LayerNorm(dModel, bias: bias, profile: plan.Profile);
        if (customEncoder is not null) { plan.Drawn("encoder", customEncoder); }
        if (customDecoder is not null) { plan.Drawn("decoder", customDecoder); }
        InitPlan encoder = customEncoder
            ?? CallersArgument.Named(() => TransformerEncoder(TransformerEncoderLayer(dModel, nhead, dimFeedforward, bias, plan.Profile),
                numEncoderLayers, Norm()), (nameof(numEncoderLayers), numEncoderLayers));
        if (customEncoder is null)
        {
            plan.Drawn("encoder", encoder);
            encoderMade?.Invoke();
        }
        InitPlan decoder = customDecoder
            ?? CallersArgument.Named(() => TransformerDecoder(TransformerDecoderLayer(dModel, nhead, dimFeedforward, bias, plan.Profile),
                numDecoderLayers, Norm()), (nameof(numDecoderLayers), numDecoderLayers));
        if (customDecoder is null) { plan.Drawn("decoder", decoder); }
        plan.Declared("encoder", encoder).Declared("decoder", decoder);
        plan.Resettable(reset =>
        {
            foreach (ParameterSpec matrix in plan.Parameters.Where(parameter => parameter.Shape.Count > 1).ToList())
            {
                reset.XavierUniform(matrix.Name);
            }
        });
        return plan.BuildClass("Transformer", $"{dModel}", $"{nhead}", $"{numEncoderLayers}", $"{numDecoderLayers}", $"{dimFeedforward}",
            Unless(customEncoder is null, $"custom_encoder={customEncoder?.Title}"), Unless(customDecoder is null,
                $"custom_decoder={customDecoder?.Title}"), Unless(bias != false, "bias=False"));
    }

    /// <summary>Refuses a part that follows another torch than the module.</summary>
    static void CheckProfile(TorchProfile profile, InitPlan? part, string argument)
    {
        if (part is not null && part.Profile != profile)
        {
            throw new ArgumentException($"{argument} {part.Title} follows {part.Profile}; this module follows {profile}.", argument);
        }
    }

    static InitPlan Layer(string name, string[] attentions, int norms, long dModel, long nhead, long dimFeedforward, bool? bias,
        TorchProfile? profile)
    {
        PlanBuilder plan = new(profile);
        if (bias is not null) { plan.Profile.Require($"{name}(bias=…)", 2, 1); }
        foreach (string attention in attentions)
        {
            plan.Child(attention, MultiheadAttention(dModel, nhead, bias ?? true, profile: plan.Profile));
        }
        plan.Child("linear1", Linear(dModel, dimFeedforward, bias ?? true, plan.Profile));
        plan.Child("linear2", Linear(dimFeedforward, dModel, bias ?? true, plan.Profile));
        for (int norm = 1; norm <= norms; norm++) { plan.Child($"norm{norm}", LayerNorm(dModel, bias: bias, profile: plan.Profile)); }
        return plan.BuildClass(name, $"{dModel}", $"{nhead}", Unless(dimFeedforward == 2048, $"{dimFeedforward}"), Unless(bias != false,
            "bias=False"));
    }

    static InitPlan Stack(string name, InitPlan layer, long numLayers, InitPlan? norm)
    {
        PlanBuilder plan = new PlanBuilder(layer.Profile).Prototype("prototype", layer);
        Int128 copies = (Int128)Math.Max(numLayers, 0) * layer.StateTensors.Count();
        plan.CheckRoom(copies, copies, (nameof(numLayers), numLayers));
        CheckProfile(layer.Profile, norm, nameof(norm));
        if (numLayers > Limits.Current.Tensors)       // of layers without tensors
        {
            throw new ArgumentException($"{name} has {numLayers} layers; {Limits.Allowed(Limits.Current.Tensors, nameof(Limits.Tensors))}.",
                nameof(numLayers));
        }
        for (long index = 0; index < numLayers; index++) { plan.CopyOf($"layers.{index}", "prototype", layer); }
        if (norm is not null) { plan.Child("norm", norm); }
        return plan.BuildClass(name, layer.Title, $"{numLayers}", norm?.Title);
    }
}
