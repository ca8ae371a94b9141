namespace TorchInit;

/// <summary>The nonlinearity after a layer; it sets the gain.</summary>
public enum Nonlinearity
{
    /// <summary>None, or any linear or convolution layer: gain 1.</summary>
    Linear,

    /// <summary>Logistic sigmoid: gain 1.</summary>
    Sigmoid,

    /// <summary>Hyperbolic tangent: gain 5/3.</summary>
    Tanh,

    /// <summary>Rectified linear unit: gain √2.</summary>
    ReLU,

    /// <summary>Leaky ReLU with negative slope a: gain √(2/(1 + a²)).</summary>
    LeakyReLU,

    /// <summary>Scaled exponential linear unit: gain 3/4.</summary>
    SELU,
}
