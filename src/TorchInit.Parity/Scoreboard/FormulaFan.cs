using System.Globalization;
using System.Text.RegularExpressions;

namespace TorchInit.Parity;

/// <summary>The sizes of a weight that other frameworks' formulas use.</summary>
/// <param name="In">torch's fan_in: the second size · kernel.</param>
/// <param name="Out">torch's fan_out: the first size · kernel.</param>
/// <param name="Kernel">The elements of the kernel; 1 for a matrix.</param>
/// <param name="Channels">Input channels of all groups; for a matrix, its second size.</param>
/// <param name="IsTable">Whether it is an embedding's.</param>
/// <param name="IsRecurrent">Whether it belongs to an RNN, LSTM or GRU, or to one of their cells.</param>
/// <param name="IsLstm">Whether it has four gates: input, forget, cell, output.</param>
/// <param name="IsTransposed">Whether it belongs to a transposed convolution, whose weight is (in, out/groups, *kernel).</param>
readonly partial record struct FormulaFan(double In, double Out, double Kernel, double Channels, bool IsTable, bool IsRecurrent,
    bool IsLstm, bool IsTransposed)
{
    /// <summary>The sizes of a tensor, or of the weight that a bias belongs to.</summary>
    public static FormulaFan Of(InitPlan plan, ParameterSpec tensor)
    {
        string module = tensor.Name[..(tensor.Name.LastIndexOf('.') + 1)];
        ParameterSpec weight = tensor.Shape.Count > 1 ? tensor
            : plan.Tensors.FirstOrDefault(other => other.Shape.Count > 1 && other.Name.StartsWith(module, StringComparison.Ordinal))
            ?? tensor;
        double kernel = weight.Shape.Skip(2).Aggregate(1.0, (product, size) => product * size);
        double second = weight.Shape.Count > 1 ? weight.Shape[1] : 1, first = weight.Shape.FirstOrDefault(1);
        bool isTransposed = plan.TorchClass.StartsWith("ConvTranspose", StringComparison.Ordinal);
        double channels = isTransposed ? first : Grouped().Match(plan.Title) is { Success: true } convolution
            ? double.Parse(convolution.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : second;
        // Among torch's modules, only tables are drawn from N(0, 1).
        bool isTable = plan.Steps.Any(step => step is NormalStep { Std: 1 } && step.Target.Tensor == weight.Name);
        bool isRecurrent = weight.Name[module.Length..].StartsWith("weight_", StringComparison.Ordinal);
        return new(second * kernel, first * kernel, kernel, channels, isTable, isRecurrent,
            plan.TorchClass is "LSTM" or "LSTMCell", isTransposed);
    }

    // A convolution's title begins with in_channels; only the groups' share of it is in the weight's shape.
    [GeneratedRegex(@"^Conv[123]d\(([0-9]+),")]
    private static partial Regex Grouped();
}
