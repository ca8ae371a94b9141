using System.Globalization;

namespace TorchInit.Tests.Hostile;

/// <summary>
/// Every reader against inputs made to break it: documented exceptions only, at most ten times the input's size (or 64 MB) of memory, at
/// most a second. TORCHINIT_HOSTILE_INPUTS says how many; TORCHINIT_HOSTILE_SEED says which.
/// </summary>
public class HostileInputTests(ITestOutputHelper output)
{
    const int Few = 22_000;
    const long FreeBytes = 64 << 20;
    const double MostSeconds = 1;
    const int Attempts = 3;         // the first may compile

    [Fact]
    public void Readers_refuse_as_documented_and_in_bounds()
    {
        int inputs = Setting("TORCHINIT_HOSTILE_INPUTS", Few), first = Setting("TORCHINIT_HOSTILE_SEED", 1);
        int each = Math.Max(1, inputs / HostileReaders.All.Count);
        foreach (HostileReader reader in HostileReaders.All)
        {
            Dictionary<string, int> outcomes = new(StringComparer.Ordinal);
            (long bytes, double seconds) = (0, 0);
            for (int seed = first; seed < first + each; seed++)
            {
                byte[] input = new HostileInputs(reader, seed).Next();
                (string outcome, long allocated, double took) = Measure(reader, input, seed);
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                bytes = Math.Max(bytes, allocated);
                seconds = Math.Max(seconds, took);
            }
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{reader.Name}: {each} inputs, "
                    + $"{string.Join(", ", outcomes.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}"))}; "
                    + $"at most {bytes / 1e6:F1} MB and {seconds * 1e3:F0} ms"));
        }
    }

    static (string Outcome, long Bytes, double Seconds) Measure(HostileReader reader, byte[] input, int seed)
    {
        string outcome = "";
        (long bytes, double seconds) = (long.MaxValue, double.MaxValue);
        for (int attempt = 0; attempt < Attempts
            && (attempt == 0 || seconds > MostSeconds || bytes > Math.Max(FreeBytes, 10L * input.Length)); attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            double start = ThreadTime.Seconds;
            outcome = Outcome(reader, input, seed);
            seconds = Math.Min(seconds, ThreadTime.Seconds - start);
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.True(bytes <= Math.Max(FreeBytes, 10L * input.Length),
            $"{reader.Name}, seed {seed}: {bytes} bytes for {input.Length}: {Start(input)}");
        Assert.True(seconds <= MostSeconds,
            $"{reader.Name}, seed {seed}: {seconds:F1} s for {input.Length} bytes, the best of {Attempts}: {Start(input)}");
        return (outcome, bytes, seconds);
    }

    static string Outcome(HostileReader reader, byte[] input, int seed)
    {
        try
        {
            reader.Read(input);
            return "read";
        }
        catch (Exception error) when (reader.Documented.Contains(error.GetType())) { return error.GetType().Name; }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{reader.Name}, seed {seed}: {error.GetType()} is not documented. {Start(input)}", error);
        }
    }

    static string Start(byte[] input) => Convert.ToBase64String(input.AsSpan(0, Math.Min(input.Length, 3000)));

    static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
