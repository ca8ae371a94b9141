namespace TorchInit.Parity;

/// <summary>An initialiser's answer.</summary>
/// <param name="Tensors">Named as in the state dict.</param>
/// <param name="State">The generator's state afterwards, as torch.get_rng_state(); empty if the initialiser does not give it.</param>
public sealed record Drawn(StateDict Tensors, byte[] State);
