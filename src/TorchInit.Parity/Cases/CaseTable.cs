namespace TorchInit.Parity;

/// <summary>The one table of cases: it drives the tests, the report and the goldens.</summary>
public static partial class CaseTable
{
    /// <summary>Seeds whose streams differ in all their bits: a small one, a usual one, a negative one, and one of 64 bits.</summary>
    public static IReadOnlyList<string> Seeds { get; } = ["0", "42", "-2", "16045690984503098046"];

    /// <summary>Every floating dtype that torch can initialise on a CPU.</summary>
    public static IReadOnlyList<DType> DTypes { get; } = [DType.Float32, DType.Float64, DType.Float16, DType.BFloat16];

    /// <summary>All groups, the four families of the README first.</summary>
    public static IReadOnlyList<CaseGroup> Groups { get; } =
    [
        new("Linear", Linear, Resets: true), new("Embedding", Embedding, Resets: true), new("Convolution", Convolution, Resets: true),
            new("Recurrent", Recurrent, Resets: true),
        new("Normalisation", Normalisation, Resets: true), new("Attention and Transformer", Attention, Resets: true),
            new("Losses", Losses), new("Lazy", Lazy),
        new("Containers and wrappers", Containers), new("torch.nn.init", Init), new("Fills", Fills), new("One stream", Streams),
            new("Notebooks", Notebooks), new("Large", Large),
    ];

    /// <summary>Every case of a group: each expression in every dtype with every seed, then again after one reset.</summary>
    /// <param name="row">A row of <see cref="Groups"/>.</param>
    public static IEnumerable<ParityCase> Cases(CaseGroup row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return from reset in row.Resets ? new[] { 0, 1 } : [0]
               from expression in row.Expressions
               from dtype in DTypes
               from seed in Seeds
               select new ParityCase(expression, dtype, seed, reset);
    }
}
