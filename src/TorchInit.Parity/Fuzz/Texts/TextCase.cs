using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>A random text of statements.</summary>
/// <param name="Text">As people write it.</param>
/// <param name="Data">The same statements for the oracle: <c>[["=", "x", …], …]</c>.</param>
/// <param name="DType">torch's default dtype meanwhile.</param>
/// <param name="Seed">Where the stream starts, unless the text says so itself.</param>
sealed record TextCase(string Text, string Data, DType DType, string Seed)
{
    /// <summary>Asks torch.</summary>
    public OracleReply Ask(ITorchOracle oracle)
        => oracle.Run(new() { CallJson = $$"""{"call":"program","args":[{{Data}}]}""", DType = DType.TorchName(), Seed = Seed });

    /// <inheritdoc/>
    public override string ToString() => $"{Text.ReplaceLineEndings(" ⏎ ")} {DType.TorchName()} seed {Seed}";
}
