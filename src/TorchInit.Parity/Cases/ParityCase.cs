using System.Globalization;
using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>One question to torch and to C#: a call, a dtype, and a seed.</summary>
/// <param name="Expression">In torch's own spelling; several calls on one generator are joined by <c>"; "</c>.</param>
/// <param name="DType">float32, float64, float16 or bfloat16: the tensor's dtype, or torch's default dtype during construction.</param>
/// <param name="Seed">A decimal integer as torch takes it: from −2⁶³ to 2⁶⁴ − 1.</param>
/// <param name="Reset">How many times <c>reset_parameters()</c> runs after construction.</param>
public sealed record ParityCase(string Expression, DType DType = DType.Float32, string Seed = "0", int Reset = 0)
{
    /// <summary>What is compared, without its arguments: <c>Conv2d</c>, <c>init.xavier_normal_</c>, <c>reset_parameters</c>.</summary>
    public string Name => Reset > 0 ? "reset_parameters" : Expression[..Expression.IndexOf('(', StringComparison.Ordinal)];

    /// <summary>The calls, in order.</summary>
    internal IEnumerable<string> Calls => Expression.Split("; ");

    /// <summary>One line: the call, its dtype and seed.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture,
        $"{Expression}{(Reset > 0 ? $" + {Reset} reset" : "")} {DType.TorchName()} seed {Seed}");

    /// <summary>Whether there is more than one call.</summary>
    internal bool IsSequence => Expression.Contains("; ", StringComparison.Ordinal);

    /// <summary>Asks torch: the first call starts from the seed, every later one from the state that the one before left.</summary>
    internal TorchAnswer Ask(ITorchOracle oracle)
    {
        List<OracleTensor> tensors = [];
        byte[]? state = null;
        OracleReply reply = new([], [], []);
        int answered = 0;
        foreach (string call in Calls)
        {
            OracleRequest request = new()
            {
                CallJson = TorchExpression.Parse(call).ToJson(),
                DType = DType.TorchName(),
                Reset = Reset,
                Seed = state is null ? Seed : null,
                State = state
            };
            reply = oracle.Run(request);
            if (reply.Error is not null) { return new(reply with { Tensors = tensors }, answered, state); }
            tensors.AddRange(IsSequence ? reply.Tensors.Select(tensor => tensor with { Name = $"{answered}{tensor.Name}" })
                : reply.Tensors);
            state = reply.State;
            answered++;
        }
        return new(reply with { Tensors = tensors }, answered, null);
    }
}
