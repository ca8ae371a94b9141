using System.Diagnostics;
using System.Globalization;
using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Long;

/// <summary>
/// Random weight_norm and spectral_norm cases against live torch: shapes, dimensions, dtypes and seeds. A thousand in each run; a hundred
/// thousand by hand: <c>TORCHINIT_SWEEP=100000 dotnet TorchInit.ParityTests.dll -class "*NormSweepTests"</c>. docs/compatibility.md has
/// what came of it.
/// </summary>
public class NormSweepTests(LiveTorch live, ITestOutputHelper output)
{
    const int Seed = 20_261_126;

    [Theory]
    [InlineData(LiveTorch.Best)]
    [InlineData(LiveTorch.Default)]
    public void Random_norms_keep_their_promise(string capability)
    {
        int cases = int.Parse(Environment.GetEnvironmentVariable("TORCHINIT_SWEEP") ?? "1000", CultureInfo.InvariantCulture) / 2;
        WorkerOracle oracle = live.Oracle(capability);
        TorchProfile profile = LiveProfile.Of(oracle.Info);
        Random random = new(capability.Length == 0 ? Seed : Seed + 1);
        Dictionary<string, (int Cases, int Close, double Distance, double Share)> found = [];
        List<string> broken = [];
        long clock = Stopwatch.GetTimestamp();
        for (int i = 0; i < cases; i++)
        {
            ParityCase item = Next(random);
            CaseResult result = CaseRunner.Run(oracle, profile, item);
            if (!result.Passed) { broken.Add($"{item}: {result.Detail} ({result.Distance:G3} ε of {result.Promise.Tolerance:G3} ε)"); }
            (int count, int close, double distance, double share) = found.GetValueOrDefault(Key(item));
            bool finite = result.Outcome == Outcome.WithinTolerance && double.IsFinite(result.Promise.Tolerance);
            found[Key(item)] = (count + 1, close + (result.Outcome == Outcome.WithinTolerance ? 1 : 0), Math.Max(distance, result.Distance),
                Math.Max(share, finite ? result.Distance / result.Promise.Tolerance : 0));
        }
        double seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        output.WriteLine($"{profile}, {oracle.Info.PackageVersion}: {cases:N0} cases, {broken.Count} broken, {seconds:F0} s");
        foreach ((string key, var row) in found.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            string closest = row.Close == 0 ? "" : $", at most {row.Distance:G3} ε, {row.Share:P1} of what is allowed";
            output.WriteLine($"{key}: {row.Cases:N0} cases, {row.Close:N0} close{closest}");
        }
        Assert.True(broken.Count == 0, $"{broken.Count} of {cases}:\n{string.Join('\n', broken.Take(20))}");
    }

    static string Key(ParityCase item) => $"{item.Name} {item.DType.TorchName()}";

    static ParityCase Next(Random random)
    {
        int[] largest = [8, 33, 129, 299];
        int Size() => random.Next(1, largest[random.Next(4)] + 1);
        int Few() => random.Next(1, 12);
        (string module, int dims) = random.Next(6) switch
        {
            0 => ($"Conv1d({Few()}, {Few()}, {Few()})", 3),
            1 => ($"Conv2d({Few()}, {Few()}, ({random.Next(1, 6)}, {random.Next(1, 6)}))", 4),
            2 => ($"Conv3d({random.Next(1, 6)}, {random.Next(1, 6)}, ({random.Next(1, 4)}, {random.Next(1, 4)}, {random.Next(1, 4)}))", 5),
            3 => ($"ConvTranspose2d({Few()}, {Few()}, {random.Next(1, 6)})", 4),
            _ => ($"Linear({Size()}, {Size()})", 2),
        };
        string expression = random.Next(6) switch
        {
            0 => $"utils.spectral_norm({module})",
            1 or 2 => $"parametrizations.spectral_norm({module}, n_power_iterations={random.Next(1, 4)})",
            3 => $"utils.weight_norm({module}, dim=None)",
            _ => $"utils.weight_norm({module}, dim={random.Next(dims)})",
        };
        return new(expression, CaseTable.DTypes[random.Next(4)], random.NextInt64().ToString(CultureInfo.InvariantCulture));
    }
}
