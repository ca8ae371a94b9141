namespace TorchInit;

static class RecurrentCalls
{
    const string Tail = "bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None";

    public static readonly CallRule[] Rules =
    [
        // Up to 2.1 the nonlinearity had to be named.
        new("RNN", $"input_size, hidden_size, num_layers=1, nonlinearity='tanh', {Tail}", RNN) { SignatureBefore2_2 = $"input_size, hidden_size, num_layers=1, {Tail}, *, nonlinearity='tanh'" },
        new("GRU", $"input_size, hidden_size, num_layers=1, {Tail}", (a, profile) => Checked(a).Apply(Modules.GRU, profile)),
        new("LSTM", $"input_size, hidden_size, num_layers=1, {Tail}", (a, profile)
            => Modules.LSTM(a.Long("input_size"), a.Long("hidden_size"), a.Long("num_layers"), a.Bool("bias"), Dropout(a), a.Bool("bidirectional"), a.Long("proj_size"), profile)),
        // The cell looks at its nonlinearity when it first runs.
        new("RNNCell", "input_size, hidden_size, bias=True, nonlinearity='tanh', device=None, dtype=None", Cell(Modules.RNNCell)),
        new("LSTMCell", "input_size, hidden_size, bias=True, device=None, dtype=None", Cell(Modules.LSTMCell)),
        new("GRUCell", "input_size, hidden_size, bias=True, device=None, dtype=None", Cell(Modules.GRUCell)),
    ];

    static InitPlan RNN(BoundArguments a, TorchProfile profile)
    {
        string nonlinearity = Checked(a).String("nonlinearity");
        // The choice comes before the sizes are looked at.
        return nonlinearity is "tanh" or "relu"
            ? a.Apply(Modules.RNN, profile)
            : throw TorchArgumentException.ValueError("nonlinearity", nonlinearity, "'tanh', 'relu'",
                $"Unknown nonlinearity '{nonlinearity}'{(profile.Has(2, 2) ? ". Select from 'tanh' or 'relu'." : "")}");
    }

    static InitPlan Apply(this BoundArguments a, Func<long, long, long, bool, double, bool, TorchProfile?, InitPlan> module, TorchProfile profile)
        => module(a.Long("input_size"), a.Long("hidden_size"), a.Long("num_layers"), a.Bool("bias"), Dropout(a), a.Bool("bidirectional"), profile);

    static BoundArguments Checked(BoundArguments a) => !a.IsGiven("proj_size") ? a : throw TorchArgumentException.ValueError(
        "proj_size", a["proj_size"], "nothing; LSTM alone has it", "proj_size argument is only supported for LSTM, not RNN or GRU");

    static double Dropout(BoundArguments a) => a["dropout"] is TorchInt or TorchFloat ? a.Double("dropout") : throw TorchArgumentException.ValueError(
        "dropout", a["dropout"], "a number from 0 to 1", "dropout should be a number in range [0, 1] representing the probability of an element being zeroed");

    static Func<BoundArguments, TorchProfile, InitPlan> Cell(Func<long, long, bool, TorchProfile?, InitPlan> module)
        => (a, profile) => module(a.Long("input_size"), a.Long("hidden_size"), a.Bool("bias"), profile);
}
