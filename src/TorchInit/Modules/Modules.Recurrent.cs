namespace TorchInit;

public static partial class Modules
{
    /// <summary>RNN: every weight and bias from U(±1/√hidden_size), layer by layer, forward direction before reverse.</summary>
    /// <param name="inputSize">Columns of layer 0's weight_ih (hidden, input).</param>
    /// <param name="hiddenSize">Rows of every weight.</param>
    /// <param name="numLayers">Layers; a later layer's input is hidden · directions.</param>
    /// <param name="bias">Whether each layer has bias_ih and bias_hh.</param>
    /// <param name="dropout">0 to 1; above 0 with one layer it warns, as torch does. It changes no value.</param>
    /// <param name="bidirectional">Whether each layer has a reverse direction.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="TorchArgumentException">A size or the dropout is out of range (ValueError).</exception>
    /// <remarks>As <c>torch.nn.RNN</c>: draws in state-dict order: weight_ih, weight_hh, bias_ih, bias_hh of each layer and
    /// direction.</remarks>
    public static InitPlan RNN(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, double dropout = 0,
        bool bidirectional = false, TorchProfile? profile = null)
        => Recurrent(RecurrentKind.RNN, inputSize, hiddenSize, numLayers, bias, dropout, bidirectional, projSize: 0, profile);

    /// <summary>GRU: as <see cref="RNN"/>, with 3 gates: every weight has 3·hidden rows.</summary>
    /// <inheritdoc cref="RNN"/>
    public static InitPlan GRU(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, double dropout = 0,
        bool bidirectional = false, TorchProfile? profile = null)
        => Recurrent(RecurrentKind.GRU, inputSize, hiddenSize, numLayers, bias, dropout, bidirectional, projSize: 0, profile);

    /// <summary>LSTM: as <see cref="RNN"/>, with 4 gates: every weight has 4·hidden rows; with a projection also weight_hr (proj,
    /// hidden).</summary>
    /// <param name="inputSize">Columns of layer 0's weight_ih.</param>
    /// <param name="hiddenSize">A quarter of the rows of weight_ih and weight_hh.</param>
    /// <param name="numLayers">Layers; a later layer's input is (projection or hidden) · directions.</param>
    /// <param name="bias">Whether each layer has bias_ih and bias_hh.</param>
    /// <param name="dropout">0 to 1; above 0 with one layer it warns, as torch does. It changes no value.</param>
    /// <param name="bidirectional">Whether each layer has a reverse direction.</param>
    /// <param name="projSize">0 for no projection, else below <paramref name="hiddenSize"/>: columns of weight_hh.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="TorchArgumentException">A size or the dropout is out of range (ValueError).</exception>
    /// <remarks>As <c>torch.nn.LSTM</c>: draws in state-dict order.</remarks>
    public static InitPlan LSTM(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, double dropout = 0,
        bool bidirectional = false, long projSize = 0, TorchProfile? profile = null)
        => Recurrent(RecurrentKind.LSTM, inputSize, hiddenSize, numLayers, bias, dropout, bidirectional, projSize, profile);

    internal static InitPlan Recurrent(RecurrentKind kind, long inputSize, long hiddenSize, long numLayers, bool bias, double dropout,
        bool bidirectional, long projSize, TorchProfile? profile)
    {
        PlanBuilder plan = new(profile)
        {
            Asked = [(nameof(inputSize), inputSize), (nameof(hiddenSize), hiddenSize), (nameof(projSize), projSize)],
        };
        CheckRecurrent(plan.Profile, inputSize, hiddenSize, numLayers, dropout, projSize);
        long directions = bidirectional ? 2 : 1;
        long outputSize = projSize > 0 ? projSize : hiddenSize;
        Int128 tensors = (Int128)numLayers * directions * (2 + (bias ? 2 : 0) + (projSize > 0 ? 1 : 0));
        plan.CheckRoom(tensors, tensors, (nameof(numLayers), numLayers));
        List<string> names = [];
        for (long layer = 0; layer < numLayers; layer++)
        {
            foreach (string suffix in bidirectional ? new[] { $"_l{layer}", $"_l{layer}_reverse" } : [$"_l{layer}"])
            {
                Declare($"weight_ih{suffix}", kind.Gates * hiddenSize, layer == 0 ? inputSize : outputSize * directions);
                Declare($"weight_hh{suffix}", kind.Gates * hiddenSize, outputSize);
                if (bias)
                {
                    Declare($"bias_ih{suffix}", kind.Gates * hiddenSize);
                    Declare($"bias_hh{suffix}", kind.Gates * hiddenSize);
                }
                if (projSize > 0) { Declare($"weight_hr{suffix}", projSize, hiddenSize); }
            }
        }
        ResetToHiddenBound(plan, names, hiddenSize);
        return plan.BuildClass(kind.Name, $"{inputSize}", $"{hiddenSize}", Unless(numLayers == 1, $"{numLayers}"), Unless(bias,
            "bias=False"),
            Unless(!bidirectional, "bidirectional=True"), Unless(projSize == 0, $"proj_size={projSize}"));

        void Declare(string name, params ReadOnlySpan<long> shape)
        {
            names.Add(name);
            plan.Parameter(name, shape);
        }
    }

    /// <summary>Draws every tensor of a recurrent layer or cell from U(±1/√hidden_size), in order; with hidden_size 0 the bound is 0, but
    /// the draws are made.</summary>
    static void ResetToHiddenBound(PlanBuilder plan, IEnumerable<string> names, long hiddenSize)
    {
        double bound = hiddenSize > 0 ? 1.0 / Math.Sqrt(hiddenSize) : 0;
        plan.Resettable(reset =>
        {
            foreach (string name in names) { reset.Uniform(name, Negative(bound), bound); }
        });
    }

    static void CheckRecurrent(TorchProfile profile, long inputSize, long hiddenSize, long numLayers, double dropout, long projSize)
    {
        if (!(dropout is >= 0 and <= 1))
        {
            throw TorchArgumentException.ValueError(nameof(dropout), dropout, "0 to 1",
                "dropout should be a number in range [0, 1] representing the probability of an element being zeroed");
        }
        if (dropout > 0 && numLayers == 1)
        {
            TorchWarning.User($"dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers "
                + $"greater than 1, but got dropout={Text(dropout)} and num_layers={numLayers}");
        }
        if (profile.Has(2, 1) && hiddenSize <= 0)
        {
            throw TorchArgumentException.ValueError(nameof(hiddenSize), hiddenSize, "above 0", "hidden_size must be greater than zero");
        }
        if (profile.Has(2, 1) && numLayers <= 0)
        {
            throw TorchArgumentException.ValueError(nameof(numLayers), numLayers, "above 0", "num_layers must be greater than zero");
        }
        // Read in 2.11's source; which version between 2.2 and 2.11 added the check is not known.
        if (profile.Has(2, 11) && inputSize <= 0)
        {
            throw TorchArgumentException.ValueError(nameof(inputSize), inputSize, "above 0", "input_size must be greater than zero");
        }
        if (projSize < 0)
        {
            throw TorchArgumentException.ValueError(nameof(projSize), projSize, "0 or more",
                "proj_size should be a positive integer or zero to disable projections");
        }
        if (projSize >= hiddenSize)
        {
            const string Message = "proj_size has to be smaller than hidden_size";
            throw projSize == 0 ? TorchArgumentException.ValueError(nameof(hiddenSize), hiddenSize, "above 0", Message)
                : TorchArgumentException.ValueError(nameof(projSize), projSize, $"below hidden_size = {hiddenSize}", Message);
        }
        if (numLayers <= 0)
        {
            throw new TorchArgumentException(nameof(numLayers), numLayers, "above 0", "IndexError", "list index out of range");
        }
    }
}
