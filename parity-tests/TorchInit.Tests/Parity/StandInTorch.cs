using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Tests.Parity;

/// <summary>A torch that answers as C# draws, but for what a test makes of its replies.</summary>
/// <param name="change">The honest reply and the number of the request, from 0; may throw.</param>
sealed class StandInTorch(Func<OracleReply, int, OracleReply>? change = null) : ITorchOracle
{
    int _asked;

    public OracleInfo Info { get; init; } = new("2.15.0", "2.15.0", "3.12.0", "linux-x64", "AVX2", "glibc 2.36", "mkl", true, "MKL");

    /// <summary>How many requests came.</summary>
    public int Asked => _asked;

    /// <summary>What an expression is answered as; itself otherwise.</summary>
    public Dictionary<string, string> Spelling { get; } = new(StringComparer.Ordinal);

    public OracleReply Run(OracleRequest request)
    {
        Generator generator = new(0, LiveProfile.Of(Info));
        if (request.Seed is { } seed) { generator.ManualSeed(Generator.ParseSeed(seed)); }
        else { generator.SetState(request.State!); }
        string call = request.CallJson;
        OracleReply reply;
        try
        {
            StateDict drawn = InitPlan.Of(Expression(call), generator.Profile).Materialize(generator, DType.Parse(request.DType));
            reply = new([.. drawn.Select(tensor
                => new OracleTensor(tensor.Key, tensor.Value.DType.TorchName(), tensor.Value.Shape,
                tensor.Value.Bytes(0, tensor.Value.Count).ToArray()))], generator.GetState(), []);
        }
        catch (TorchArgumentException refused)
        {
            reply = new([], generator.GetState(), [], new(refused.TorchKind, refused.TorchMessage ?? refused.Message));
        }
        return change is null ? reply : change(reply, _asked++);
    }

    public void Dispose() { }

    string Expression(string json)
        => Spelling.FirstOrDefault(pair
        => TorchExpression.Parse(pair.Key)
        .ToJson() == json).Value ?? throw new InvalidOperationException($"{json} is not among the test's expressions.");

    /// <summary>For these expressions.</summary>
    public StandInTorch For(params string[] expressions)
    {
        foreach (string expression in expressions) { Spelling[expression] = expression; }
        return this;
    }
}
