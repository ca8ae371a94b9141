using System.Globalization;

namespace TorchInit;

static class RecurrentCalls
{
    const string Tail = "bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None";
    const string DropoutRange = "dropout should be a number in range [0, 1] representing the probability of an element being zeroed";

    // RNNBase binds the arguments, after self and the mode.
    static readonly PythonFunction s_base = new("RNNBase.__init__", 2);

    public static readonly CallRule[] Rules =
    [
        // Up to 2.1 the nonlinearity had to be a keyword.
        Network(RecurrentKind.RNN, $"input_size, hidden_size, num_layers=1, nonlinearity='tanh', {Tail}") with
        {
            Older = [(2, 2, $"input_size, hidden_size, num_layers=1, {Tail}, *, nonlinearity='tanh'")],
            BeforeBinding = (call, profile) =>
            {
                RefuseProjection(call);
                CheckNonlinearity(call, profile);
            },
        },
        Network(RecurrentKind.GRU, $"input_size, hidden_size, num_layers=1, {Tail}") with { BeforeBinding = (call, _)
            => RefuseProjection(call) },
        Network(RecurrentKind.LSTM, $"input_size, hidden_size, num_layers=1, {Tail}"),
        new("RNNBase", $"mode, input_size, hidden_size, num_layers=1, {Tail}", Base),
        new("RNNCellBase", "input_size, hidden_size, bias, num_chunks, device=None, dtype=None", (a, profile) =>
        {
            (PythonArgument input, PythonArgument hidden) = (a.Argument("input_size"), a.Argument("hidden_size"));
            long chunks = a.Argument("num_chunks").Index();
            PythonArgument rows = hidden.Times(chunks);
            (long inputs, long hiddens) = (TorchSizes.Of(rows, input)[1], TorchSizes.Of(rows, hidden)[1]);
            InitPlan plan = Modules.Cell(new("RNN", (int)Math.Min(chunks, int.MaxValue)), inputs, hiddens, a.Bool("bias"), profile);
            return new(a.Source.ToString(), profile, plan.Tensors, plan.Steps, plan.ResetSteps) { TorchClass = "RNNCellBase" };
        }),
        // The cell checks its nonlinearity in its first forward pass.
        Cell(RecurrentKind.RNN, "input_size, hidden_size, bias=True, nonlinearity='tanh', device=None, dtype=None"),
        Cell(RecurrentKind.LSTM, "input_size, hidden_size, bias=True, device=None, dtype=None"),
        Cell(RecurrentKind.GRU, "input_size, hidden_size, bias=True, device=None, dtype=None"),
    ];

    /// <summary>The base class of the three networks, which takes their kind by name.</summary>
    static InitPlan Base(BoundArguments a, TorchProfile profile)
    {
        PythonArgument mode = a.Argument("mode");
        RecurrentKind kind = mode.Text switch
        {
            "LSTM" => RecurrentKind.LSTM,
            "GRU" => RecurrentKind.GRU,
            "RNN_TANH" or "RNN_RELU" => RecurrentKind.RNN,
            _ => throw mode.ValueError("'LSTM', 'GRU', 'RNN_TANH', 'RNN_RELU'", $"Unrecognized RNN mode: {mode.Text}"),
        };
        InitPlan plan = Network(kind, a, profile);
        return new(a.Source.ToString(), profile, plan.Tensors, plan.Steps, plan.ResetSteps) { TorchClass = "RNNBase" };
    }

    static CallRule Network(RecurrentKind kind, string signature)
        => new(kind.Name, signature, (a, profile) => Network(kind, a, profile)) { Function = s_base };

    static CallRule Cell(RecurrentKind kind, string signature) => new($"{kind.Name}Cell", signature, (a, profile) =>
    {
        (PythonArgument input, PythonArgument hidden) = (a.Argument("input_size"), a.Argument("hidden_size"));
        PythonArgument rows = hidden.Times(kind.Gates);
        long inputSize = TorchSizes.Of(rows, input)[1];
        long hiddenSize = TorchSizes.Of(rows, hidden)[1];
        return Modules.Cell(kind, inputSize, hiddenSize, a.Bool("bias"), profile);
    });

    static void CheckBool(BoundArguments a, string name)
    {
        if (a[name] is TorchBool) { return; }
        throw a.Argument(name).TypeError("True or False", $"{name} should be of type bool, got: {a.Argument(name).Type}");
    }

    /// <summary>torch's checks in its order, down to the tensors of every layer.</summary>
    static InitPlan Network(RecurrentKind kind, BoundArguments a, TorchProfile profile)
    {
        (PythonArgument input, PythonArgument hidden, PythonArgument layers, PythonArgument projection) = (a.Argument("input_size"),
            a.Argument("hidden_size"), a.Argument("num_layers"), a.Argument("proj_size"));
        CheckDropout(a.Argument("dropout"), layers);
        // Run in 2.11; which version between 2.6 and 2.11 added the checks is not known.
        if (profile.Has(2, 11))
        {
            CheckBool(a, "bias");
            CheckBool(a, "batch_first");
        }
        CheckTypes(profile, input, hidden, layers);
        if (projection.IsLess(0))
        {
            throw projection.ValueError("0 or more", "proj_size should be a positive integer or zero to disable projections");
        }
        if (projection.IsAtLeast(hidden))
        {
            throw projection.ValueError($"below hidden_size = {hidden.Value}", "proj_size has to be smaller than hidden_size");
        }
        PythonArgument gates = kind == RecurrentKind.RNN ? hidden : hidden.Times(kind.Gates);
        long count = layers.Index();
        if (count <= 0) { throw new TorchArgumentException(layers.Name, layers.Value, "above 0", "IndexError", "list index out of range"); }
        PythonArgument real = projection.IsGreater(0) ? projection : hidden;
        _ = TorchSizes.Of(gates, input);
        _ = TorchSizes.Of(gates, real);
        if (!projection.Equals(0)) { _ = TorchSizes.Of(projection, hidden); }
        return Modules.Recurrent(kind, input.Integer!.Value, hidden.Integer!.Value, count, a.Bool("bias"), dropout: 0,
            a.Bool("bidirectional"), projection.Integer ?? 0, profile);
    }

    static void CheckDropout(PythonArgument dropout, PythonArgument layers)
    {
        if (dropout.Value is TorchString && !double.TryParse(dropout.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            throw dropout.ValueError("a number from 0 to 1", $"could not convert string to float: {dropout.Value}");
        }
        if (dropout.Value is not TorchString && dropout.Number is null)
        {
            throw dropout.TypeError("a number from 0 to 1", $"float() argument must be a string or a real number, not '{dropout.Type}'");
        }
        if (dropout.Value is TorchString or TorchBool || !(dropout.Number is >= 0 and <= 1))
        {
            throw dropout.ValueError("a number from 0 to 1", DropoutRange);
        }
        if (dropout.Number > 0 && layers.Equals(1))
        {
            TorchWarning.User($"dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers "
                + $"greater than 1, but got dropout={dropout.Text} and num_layers={layers.Text}");
        }
    }

    static void CheckTypes(TorchProfile profile, PythonArgument input, PythonArgument hidden, PythonArgument layers)
    {
        if (!profile.Has(2, 1)) { return; }
        // Read in 2.11; which version between 2.6 and 2.11 added the check of input_size is not known.
        bool checksInput = profile.Has(2, 11);
        if (checksInput && input.Integer is null)
        {
            throw input.TypeError("an integer", $"input_size should be of type int, got: {input.Type}");
        }
        if (checksInput && input.IsAtMost(0)) { throw input.ValueError("above 0", "input_size must be greater than zero"); }
        if (hidden.Integer is null) { throw hidden.TypeError("an integer", $"hidden_size should be of type int, got: {hidden.Type}"); }
        if (hidden.IsAtMost(0)) { throw hidden.ValueError("above 0", "hidden_size must be greater than zero"); }
        if (layers.IsAtMost(0)) { throw layers.ValueError("above 0", "num_layers must be greater than zero"); }
    }

    /// <summary>Given by position it passes, and adds projections to an RNN or GRU.</summary>
    static void RefuseProjection(TorchCall call)
    {
        if (call.Keywords.FirstOrDefault(keyword => keyword.Name == "proj_size") is { } given)
        {
            throw TorchArgumentException.ValueError("proj_size", given.Value, "no value; only LSTM has it",
                "proj_size argument is only supported for LSTM, not RNN or GRU");
        }
    }

    static void CheckNonlinearity(TorchCall call, TorchProfile profile)
    {
        TorchValue? value = profile.Has(2, 2) && call.Arguments.Count > 3 ? call.Arguments[3]
            : call.Keywords.FirstOrDefault(keyword => keyword.Name == "nonlinearity")?.Value;
        if (value is not (null or TorchString { Value: "tanh" or "relu" }))
        {
            PythonArgument nonlinearity = new("nonlinearity", value);
            throw nonlinearity.ValueError("'tanh', 'relu'",
                $"Unknown nonlinearity '{nonlinearity.Text}'{(profile.Has(2, 2) ? ". Select from 'tanh' or 'relu'." : "")}");
        }
    }
}
