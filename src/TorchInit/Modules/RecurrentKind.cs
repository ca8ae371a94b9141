namespace TorchInit;

/// <summary>The three recurrent networks; they differ in how many gates share a weight.</summary>
/// <param name="Name">The name of torch's class.</param>
/// <param name="Gates">Hidden-sized blocks in weight_ih and weight_hh.</param>
sealed record RecurrentKind(string Name, int Gates)
{
    public static readonly RecurrentKind RNN = new("RNN", 1);
    public static readonly RecurrentKind GRU = new("GRU", 3);
    public static readonly RecurrentKind LSTM = new("LSTM", 4);
}
