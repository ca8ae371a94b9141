namespace TorchInit;

public static partial class Modules
{
    /// <summary>RNNCell: weight_ih (hidden, input), weight_hh (hidden, hidden), bias_ih and bias_hh, drawn in that order from
    /// U(±1/√hidden_size).</summary>
    /// <param name="inputSize">Columns of weight_ih.</param>
    /// <param name="hiddenSize">Rows, times the number of gates (GRU 3, LSTM 4); with 0 the bound is 0.</param>
    /// <param name="bias">Whether the cell has biases.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    public static InitPlan RNNCell(long inputSize, long hiddenSize, bool bias = true, TorchProfile? profile = null)
        => Cell(RecurrentKind.RNN, inputSize, hiddenSize, bias, profile);

    /// <inheritdoc cref="RNNCell"/>
    public static InitPlan GRUCell(long inputSize, long hiddenSize, bool bias = true, TorchProfile? profile = null)
        => Cell(RecurrentKind.GRU, inputSize, hiddenSize, bias, profile);

    /// <inheritdoc cref="RNNCell"/>
    public static InitPlan LSTMCell(long inputSize, long hiddenSize, bool bias = true, TorchProfile? profile = null)
        => Cell(RecurrentKind.LSTM, inputSize, hiddenSize, bias, profile);

    internal static InitPlan Cell(RecurrentKind kind, long inputSize, long hiddenSize, bool bias, TorchProfile? profile)
    {
        PlanBuilder plan = new(profile) { Asked = [(nameof(inputSize), inputSize), (nameof(hiddenSize), hiddenSize)] };
        plan.Parameter("weight_ih", kind.Gates * hiddenSize, inputSize).Parameter("weight_hh", kind.Gates * hiddenSize, hiddenSize);
        if (bias) { plan.Parameter("bias_ih", kind.Gates * hiddenSize).Parameter("bias_hh", kind.Gates * hiddenSize); }
        ResetToHiddenBound(plan, bias ? ["weight_ih", "weight_hh", "bias_ih", "bias_hh"] : ["weight_ih", "weight_hh"], hiddenSize);
        return plan.BuildClass($"{kind.Name}Cell", $"{inputSize}", $"{hiddenSize}", Unless(bias, "bias=False"));
    }
}
