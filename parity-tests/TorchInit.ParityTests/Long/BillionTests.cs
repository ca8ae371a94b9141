using System.Diagnostics;
using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Long;

/// <summary>
/// 10⁹ elements of one stream against live torch, every bit. It takes a minute and 3 GB, so it is run by hand: <c>dotnet
/// TorchInit.ParityTests.dll -explicit only</c>. docs/speed.md has the summary.
/// </summary>
public class BillionTests(LiveTorch live, ITestOutputHelper output)
{
    const long Elements = 1_000_000_000;
    const int Chunk = 99_999_989;           // prime: the chunks begin and end everywhere in a block

    [Theory(Explicit = true)]
    [InlineData("uniform_", 1)]
    [InlineData("uniform_", -1)]
    [InlineData("normal_", 1)]
    [InlineData("normal_", -1)]
    public void Every_bit_is_torchs(string fill, int threads)
    {
        WorkerOracle oracle = live.Oracle();
        TorchProfile profile = LiveProfile.Of(oracle.Info);
        Generator generator = new(2026, profile);
        long clock = Stopwatch.GetTimestamp();
        long compared = 0;
        while (compared < Elements)
        {
            long count = Math.Min(Chunk, Elements - compared);
            string expression = fill == "normal_" ? $"normal_(({count},), 0.1, 0.37)" : $"uniform_(({count},), -0.3, 0.41)";
            OracleReply reply = oracle.Run(new() { CallJson = TorchExpression.Parse(expression).ToJson(), State = generator.GetState() });
            Assert.True(reply.Error is null, $"{expression}: {reply.Error}");
            TensorBuffer drawn = InitPlan.Of(expression, profile).Materialize(generator, maxDegreeOfParallelism: threads)[""];
            int differs = drawn.Bytes(0, (int)count).CommonPrefixLength(reply.Tensors[0].Data);
            Assert.True(differs == 4 * count, $"{expression}: element {compared + differs / 4} differs");
            Assert.Equal(reply.State, generator.GetState());
            compared += count;
        }
        output.WriteLine($"{fill}, {(threads == 1 ? "one thread" : "all threads")}: {compared:N0} elements, 0 differ, torch "
            + $"{oracle.Info.PackageVersion}, {Stopwatch.GetElapsedTime(clock).TotalSeconds:F0} s");
    }
}
