namespace TorchInit;

/// <summary>TransformerEncoder's warning since torch 2.1 if its layers cannot use nested tensors.</summary>
static class NestedTensorWarning
{
    /// <summary>For an encoder_layer argument.</summary>
    public static void Raise(PythonArgument layer, TorchProfile profile)
    {
        if (layer.Value is TorchCall { Name: "TransformerEncoderLayer" } call) { Raise(CallTable.Bind(call, profile), profile); }
        else { Say("encoder_layer was not TransformerEncoderLayer", profile); }
    }

    /// <summary>For the arguments of a layer, or of a Transformer that creates one.</summary>
    public static void Raise(BoundArguments layer, TorchProfile profile)
    {
        if (Why(layer) is { } why) { Say(why, profile); }
    }

    static void Say(string why, TorchProfile profile)
    {
        if (profile.Has(2, 1)) { TorchWarning.User($"enable_nested_tensor is True, but self.use_nested_tensor is False because {why}"); }
    }

    static string? Why(BoundArguments a)
        => a.Bool("norm_first") ? "encoder_layer.norm_first was True"
            : !a.Bool("batch_first") ? "encoder_layer.self_attn.batch_first was not True(use batch_first for better inference performance)"
            : a.BoolIfGiven("bias") == false ? "encoder_layer.self_attn was passed bias=False"
            : a["activation"] is not (TorchString or TorchCall { Name: "ReLU" or "GELU" })
            ? "encoder_layer.activation_relu_or_gelu was not True"
            : a["layer_norm_eps"] is TorchFloat { Value: double.NaN } ? "encoder_layer.norm1.eps was not equal to encoder_layer.norm2.eps"
            : a.Argument("nhead").Number is { } heads && heads % 2 == 1 ? "encoder_layer.self_attn.num_heads is odd" : null;
}
