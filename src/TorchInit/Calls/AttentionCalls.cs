namespace TorchInit;

static class AttentionCalls
{
    const string Layer = "d_model, nhead, dim_feedforward=2048, dropout=0.1, activation='relu', layer_norm_eps=1e-5, batch_first=False, norm_first=False, bias=True, device=None, dtype=None";

    public static readonly CallRule[] Rules =
    [
        new("MultiheadAttention", "embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False, device=None, dtype=None",
            (a, profile) => Modules.MultiheadAttention(a.Long("embed_dim"), a.Long("num_heads"), a.Bool("bias"), a.Bool("add_bias_kv"), a.OptionalLong("kdim"), a.OptionalLong("vdim"), profile)),
        new("TransformerEncoderLayer", Layer, LayerOf(Modules.TransformerEncoderLayer)),
        new("TransformerDecoderLayer", Layer, LayerOf(Modules.TransformerDecoderLayer)),
        new("TransformerEncoder", "encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True",
            (a, profile) => Modules.TransformerEncoder(a.Module("encoder_layer", profile), a.Long("num_layers"), a.OptionalModule("norm", profile))),
        new("TransformerDecoder", "decoder_layer, num_layers, norm=None",
            (a, profile) => Modules.TransformerDecoder(a.Module("decoder_layer", profile), a.Long("num_layers"), a.OptionalModule("norm", profile))),
        new("Transformer", "d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1, activation='relu', custom_encoder=None, custom_decoder=None, "
            + "layer_norm_eps=1e-5, batch_first=False, norm_first=False, bias=True, device=None, dtype=None", Transformer),
    ];

    static Func<BoundArguments, TorchProfile, InitPlan> LayerOf(Func<long, long, long, bool?, TorchProfile?, InitPlan> module) => (a, profile) =>
    {
        InitPlan plan = module(a.Long("d_model"), a.Long("nhead"), a.Long("dim_feedforward"), a.BoolIfGiven("bias"), profile);
        CheckActivation(a);
        return plan;
    };

    static InitPlan Transformer(BoundArguments a, TorchProfile profile)
    {
        InitPlan? encoder = a.OptionalModule("custom_encoder", profile);
        InitPlan? decoder = a.OptionalModule("custom_decoder", profile);
        InitPlan plan = Modules.Transformer(a.Long("d_model"), a.Long("nhead"), a.Long("num_encoder_layers"), a.Long("num_decoder_layers"), a.Long("dim_feedforward"),
            encoder, decoder, a.BoolIfGiven("bias"), profile);
        CheckActivation(a);
        return plan;
    }

    static void CheckActivation(BoundArguments a)
    {
        if (a["activation"] is TorchString { Value: not ("relu" or "gelu") and var name })
        {
            throw TorchArgumentException.RuntimeError("activation", name, "'relu', 'gelu'", $"activation should be relu/gelu, not {name}");
        }
    }
}
