namespace TorchInit.Parity;

public sealed partial class Formulas
{
    const double TruncatedStd = 0.87962566103423978;    // of a standard normal cut at ±2

    static readonly string[] s_norms = ["BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "LayerNorm", "GroupNorm", "RMSNorm"];
    static readonly string[] s_convolutions = ["Conv1d", "Conv2d", "ConvTranspose1d", "ConvTranspose2d"];
    static readonly string[] s_all =
    [
        "Linear", "Embedding", .. s_convolutions, "Conv3d", "ConvTranspose3d", "RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell",
        .. s_norms,
    ];

    /// <summary>Keras, Flax, candle and tinygrad.</summary>
    public static IReadOnlyList<Formulas> All { get; } =
    [
        new("Keras 3 (formula)",
            "keras.io: glorot_uniform kernels, orthogonal recurrent kernels, zero biases but an LSTM's forget gate of ones, "
                + "Embedding U(±0.05)",
            s_all, (tensor, fan) => tensor switch
            {
                { Shape.Count: 1 } when fan.IsLstm && IsFirstBias(tensor)
                    => [new FillStep(tensor.Name, 0), new FillStep(Part(tensor, 1, 4), 1)],
                { Shape.Count: 1 } => [new FillStep(tensor.Name, 0)],
                _ when fan.IsTable => [Uniform(tensor, 0.05)],
                _ when IsRecurrent(tensor) => [new OrthogonalStep(tensor.Name, 1)],
                _ => [Uniform(tensor, Math.Sqrt(6.0 / (fan.In + fan.Out)))],
            }),
        new("Flax (formula)",
            "flax.readthedocs.io: lecun_normal kernels (cut at 2 σ), a gate's recurrent kernel orthogonal, zero biases, "
                + "Embed N(0, 1/features)",
            s_all, (tensor, fan) => tensor switch
            {
                { Shape.Count: 1 } => [new FillStep(tensor.Name, 0)],
                _ when fan.IsTable => [new NormalStep(tensor.Name, 0, Math.Sqrt(1.0 / fan.In))],
                _ when IsRecurrent(tensor) => [.. Gates(tensor).Select(gate => new OrthogonalStep(gate, 1))],
                _ => [Truncated(tensor, Math.Sqrt(1.0 / (fan.IsTransposed ? fan.Out : fan.In)))],
            }),
        new("candle (formula)",
            "candle-nn: kaiming_normal with ReLU's gain for weights of Linear and Conv, U(±1/√in_channels) biases, "
                + "transposed U(±1/√(out · kernel)), Embedding N(0, 1), recurrent kaiming_uniform and zero biases",
            ["Linear", "Embedding", .. s_convolutions, "LSTM", "GRU", .. s_norms], (tensor, fan) => tensor switch
            {
                { Shape.Count: 1 } when fan.IsRecurrent => [new FillStep(tensor.Name, 0)],
                _ when fan.IsTransposed => [Uniform(tensor, 1 / Math.Sqrt(fan.In))],
                { Shape.Count: 1 } => [Uniform(tensor, 1 / Math.Sqrt(fan.Channels))],
                _ when fan.IsTable => [new NormalStep(tensor.Name, 0, 1)],
                _ when fan.IsRecurrent => [Uniform(tensor, Math.Sqrt(6.0 / fan.In))],
                _ => [new NormalStep(tensor.Name, 0, Math.Sqrt(2.0 / fan.In))],
            }),
        new("tinygrad (formula)",
            "tinygrad.nn: U(±1/√in) for weights and biases of Linear and of convolutions, in = all input channels · kernel "
                + "whatever the groups; Embedding glorot_uniform; LSTMCell U(±1/√hidden) and zero biases",
            ["Linear", "Embedding", .. s_convolutions, "Conv3d", "ConvTranspose3d", "LSTMCell", .. s_norms], (tensor, fan) => tensor switch
            {
                { Shape.Count: 1 } when fan.IsRecurrent => [new FillStep(tensor.Name, 0)],
                _ when fan.IsTable => [Uniform(tensor, Math.Sqrt(6.0 / (fan.In + fan.Out)))],
                _ when fan.IsRecurrent => [Uniform(tensor, 2 / Math.Sqrt(tensor.Shape[0]))],      // of four gates
                _ => [Uniform(tensor, 1 / Math.Sqrt(fan.Channels * fan.Kernel))],
            }),
    ];

    static bool IsRecurrent(ParameterSpec tensor) => LastName(tensor).StartsWith("weight_hh", StringComparison.Ordinal);

    /// <summary>The bias that Keras has; torch's second bias has no counterpart.</summary>
    static bool IsFirstBias(ParameterSpec tensor) => LastName(tensor).StartsWith("bias_ih", StringComparison.Ordinal);

    static string LastName(ParameterSpec tensor) => tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..];

    /// <summary>The square blocks of a recurrent weight, one per gate.</summary>
    static IEnumerable<StepTarget> Gates(ParameterSpec tensor)
    {
        int gates = tensor.Shape[1] == 0 ? 1 : (int)(tensor.Shape[0] / tensor.Shape[1]);
        return Enumerable.Range(0, gates).Select(gate => Part(tensor, gate, gates));
    }

    /// <summary>One of equal parts along the first dimension.</summary>
    static StepTarget Part(ParameterSpec tensor, int part, int parts)
        => new(tensor.Name, tensor.Count / parts * part, [tensor.Shape[0] / parts, .. tensor.Shape.Skip(1)]);

    static UniformStep Uniform(ParameterSpec tensor, double bound) => new(tensor.Name, -bound, bound);

    static TruncNormalStep Truncated(ParameterSpec tensor, double std)
        => new(tensor.Name, 0, std / TruncatedStd, -2 * std / TruncatedStd, 2 * std / TruncatedStd);
}
