namespace TorchInit;

/// <summary>What TransformerEncoder says since torch 2.1 when its layers cannot take the path of nested tensors.</summary>
static class NestedTensorWarning
{
    /// <param name="layer">The encoder_layer as it was written.</param>
    /// <param name="profile">The torch to follow.</param>
    public static void Raise(PythonArgument layer, TorchProfile profile)
    {
        if (Why(layer, profile) is { } why) { TorchWarning.User($"enable_nested_tensor is True, but self.use_nested_tensor is False because {why}"); }
    }

    static string? Why(PythonArgument layer, TorchProfile profile)
    {
        if (layer.Value is not TorchCall { Name: "TransformerEncoderLayer" } call) { return "encoder_layer was not TransformerEncoderLayer"; }
        BoundArguments a = CallTable.Bind(call, profile);
        if (a.Bool("norm_first")) { return "encoder_layer.norm_first was True"; }
        if (!a.Bool("batch_first")) { return "encoder_layer.self_attn.batch_first was not True(use batch_first for better inference performance)"; }
        if (a.BoolIfGiven("bias") == false) { return "encoder_layer.self_attn was passed bias=False"; }
        if (a["activation"] is not (TorchString or TorchCall { Name: "ReLU" or "GELU" })) { return "encoder_layer.activation_relu_or_gelu was not True"; }
        return a.Argument("nhead").Integer is { } heads && heads % 2 == 1 ? "encoder_layer.self_attn.num_heads is odd" : null;
    }
}
