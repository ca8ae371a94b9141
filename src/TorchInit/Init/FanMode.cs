namespace TorchInit;

/// <summary>Which fan divides the variance in Kaiming's schemes.</summary>
public enum FanMode
{
    /// <summary>Inputs per output: preserves the variance of activations in the forward pass.</summary>
    FanIn,

    /// <summary>Outputs per input: preserves the variance of gradients in the backward pass.</summary>
    FanOut,
}
