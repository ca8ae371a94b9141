using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>One random call, and the stream's position before it.</summary>
/// <param name="Expression">In torch's own spelling.</param>
/// <param name="DType">The dtype of the tensor to fill, or torch's default dtype while a module is constructed.</param>
/// <param name="Seed">A decimal integer.</param>
/// <param name="Before">How many float32 normals are drawn before the call; an odd count below 16 leaves one in the generator.</param>
/// <param name="Reset">How many times <c>reset_parameters()</c> runs after construction.</param>
sealed record FuzzCase(string Expression, DType DType, string Seed, int Before, int Reset)
{
    /// <summary>The call and everything unusual, as the command line accepts it again.</summary>
    public override string ToString()
        => $"{Expression} {DType.TorchName()} seed "
            + $"{Seed}{(Before > 0 ? $" after {Before} normals" : "")}{(Reset > 0 ? $" + {Reset} reset" : "")}";

    /// <summary>Asks torch.</summary>
    public OracleReply Ask(ITorchOracle oracle)
    {
        string call = TorchExpression.Parse(Expression).ToJson();
        OracleRequest request = new() { CallJson = call, DType = DType.TorchName(), Reset = Reset, Seed = Seed };
        if (Before == 0) { return oracle.Run(request); }
        OracleReply before = oracle.Run(new() { CallJson = $$"""{"call":"normal_","args":[{"tuple":[{{Before}}]}]}""", Seed = Seed });
        return before.Error is null ? oracle.Run(request with { Seed = null, State = before.State }) : before;
    }
}
