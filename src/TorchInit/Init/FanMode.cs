namespace TorchInit;

/// <summary>Which fan divides the variance of Kaiming's schemes.</summary>
public enum FanMode
{
    /// <summary>Inputs of one output: keeps the variance of activations going forward.</summary>
    FanIn,

    /// <summary>Outputs of one input: keeps the variance of gradients going backward.</summary>
    FanOut,
}
