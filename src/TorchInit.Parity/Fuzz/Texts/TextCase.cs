using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>A random program of statements.</summary>
/// <param name="Text">The program as users write it.</param>
/// <param name="Data">The same statements for the oracle: <c>[["=", "x", …], …]</c>.</param>
/// <param name="DType">torch's default dtype for it.</param>
/// <param name="Seed">The seed, unless the program sets one itself.</param>
sealed record TextCase(string Text, string Data, DType DType, string Seed)
{
    /// <summary>Asks torch.</summary>
    public OracleReply Ask(ITorchOracle oracle)
        => oracle.Run(new() { CallJson = $$"""{"call":"program","args":[{{Data}}]}""", DType = DType.TorchName(), Seed = Seed });

    /// <inheritdoc/>
    public override string ToString() => $"{Text.ReplaceLineEndings(" ⏎ ")} {DType.TorchName()} seed {Seed}";
}
