namespace TorchInit;

/// <summary>The factor by which a nonlinearity scales the standard deviation of weights: <c>torch.nn.init.calculate_gain</c>.</summary>
public static class Gain
{
    /// <summary>linear, sigmoid 1; tanh 5/3; relu √2; leaky_relu √(2/(1 + slope²)); selu 3/4.</summary>
    /// <param name="nonlinearity">What follows the layer.</param>
    /// <param name="negativeSlope">Slope of the leaky ReLU, a ratio; null for torch's 0.01. No other nonlinearity uses it.</param>
    /// <remarks>The same double as torch: slope² is C's pow(slope, 2), which differs from slope·slope for 0.08 % of doubles.</remarks>
    public static double For(Nonlinearity nonlinearity, double? negativeSlope = null) => nonlinearity switch
    {
        Nonlinearity.Linear or Nonlinearity.Sigmoid => 1,
        Nonlinearity.Tanh => 5.0 / 3,
        Nonlinearity.ReLU => Math.Sqrt(2.0),
        Nonlinearity.LeakyReLU => Math.Sqrt(2.0 / (1 + Math.Pow(negativeSlope ?? 0.01, 2.0))),
        Nonlinearity.SELU => 3.0 / 4,
        _ => throw new ArgumentOutOfRangeException(nameof(nonlinearity), nonlinearity, "allowed: the members of Nonlinearity."),
    };

    /// <summary>√(2/(1 + slope²)) for a Python integer: its square is exact, and rounded once in the division.</summary>
    internal static double LeakyReLU(long negativeSlope)
    {
        Int128 divisor = ((Int128)negativeSlope * negativeSlope) + 1;
        return Math.Sqrt(2.0 / PythonInteger.ToDouble((UInt128)divisor));
    }

    /// <summary>The nonlinearity that torch calls <paramref name="name"/>; the name of any convolution gives
    /// <see cref="Nonlinearity.Linear"/>.</summary>
    /// <param name="name">Case-sensitive, as in torch.</param>
    /// <exception cref="TorchArgumentException"><paramref name="name"/> is unknown (ValueError).</exception>
    public static Nonlinearity Parse(string name) => ParseArgument(name, nameof(name));

    /// <param name="name">torch's name.</param>
    /// <param name="argument">What the caller calls it.</param>
    internal static Nonlinearity ParseArgument(string name, string argument) => (name ?? throw new ArgumentNullException(argument)) switch
    {
        "linear" or "conv1d" or "conv2d" or "conv3d" or "conv_transpose1d" or "conv_transpose2d" or "conv_transpose3d"
            => Nonlinearity.Linear,
        "sigmoid" => Nonlinearity.Sigmoid,
        "tanh" => Nonlinearity.Tanh,
        "relu" => Nonlinearity.ReLU,
        "leaky_relu" => Nonlinearity.LeakyReLU,
        "selu" => Nonlinearity.SELU,
        _ => throw TorchArgumentException.ValueError(argument, name,
            "linear, conv1d to conv3d, conv_transpose1d to conv_transpose3d, sigmoid, tanh, relu, leaky_relu, selu",
            $"Unsupported nonlinearity {name}"),
    };
}
