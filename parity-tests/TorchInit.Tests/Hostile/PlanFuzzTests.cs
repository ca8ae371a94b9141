using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TorchInit.Parity;
using TorchInit.Tests.Plans;

namespace TorchInit.Tests.Hostile;

/// <summary>Folded plans, changed at random: they are read, explained, written and drawn, or refused as documented, in bounded work.
/// TORCHINIT_FUZZED_PLANS says how many; TORCHINIT_HOSTILE_SEED says which.</summary>
public partial class PlanFuzzTests(ITestOutputHelper output)
{
    const int Few = 3_000;
    const long MostBytes = 1L << 30;        // 400,000 steps with their names
    const double MostSeconds = 20;          // of the thread's own time

    static readonly HostileReader s_reader = new("folded plans",
        [.. ((InitPlan[])[FoldingTests.Decoder(3, 4, vocabulary: 9), FoldingTests.Decoder(4, 4, experts: 3, vocabulary: 9, isTwice: false),
            InitPlan.Of("TransformerEncoder(TransformerEncoderLayer(8, 2, 16), 4)"), InitPlan.Of("LSTM(3, 4, 5, bidirectional=True)"),
            InitPlan.Of("Sequential(*[Linear(4, 4) for _ in range(9)])")]).Select(plan => Encoding.UTF8.GetBytes(PlanJson.Write(plan)))],
        Use, [typeof(InvalidDataException)],
        ["\"repeat\":99999,", "\"repeat\":9223372036854775807,", "\"as\":\"j\",", "{i}", "{9i+1}", "{-i+3}", "{{", "}}", "\"items\":[",
            "{\"repeat\":300,\"as\":\"j\",\"items\":[", "]}", "\"format\":2,", "null", "\"values\":\"data.0\"",
            "\"same_as\":\"h.{i}.x\","]);

    static readonly string[] s_numbers =
        ["0", "1", "2", "3", "7", "16", "100", "4096", "99999", "2147483648", "9223372036854775807", "1e9"];

    [Fact]
    public void Fuzzed_plans_never_crash_hang_or_take_more_than_they_may()
    {
        int inputs = Setting("TORCHINIT_FUZZED_PLANS", Few), first = Setting("TORCHINIT_HOSTILE_SEED", 1);
        Dictionary<string, int> outcomes = new(StringComparer.Ordinal);
        (long bytes, double seconds) = (0, 0);
        for (int seed = first; seed < first + inputs; seed++)
        {
            byte[] input = seed % 2 == 0 ? new HostileInputs(s_reader, seed).Next() : OtherNumbers(seed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            double start = ThreadTime.Seconds;
            string outcome = Outcome(input, seed);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            (long took, double lasted) = (GC.GetAllocatedBytesForCurrentThread() - before, ThreadTime.Seconds - start);
            Assert.True(took <= MostBytes && lasted <= MostSeconds, $"seed {seed}: {took} bytes, {lasted:F1} s");
            (bytes, seconds) = (Math.Max(bytes, took), Math.Max(seconds, lasted));
        }
        Assert.True(outcomes["read"] > inputs / 100, "so few are read that nothing behind the reader was tried");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{inputs} plans, "
            + $"{string.Join(", ", outcomes.Select(pair => $"{pair.Value} {pair.Key}"))}; at most {bytes / 1e6:F1} MB and {seconds * 1e3:F0} ms"));
    }

    /// <summary>A good plan with one to three other numbers: most of them are read.</summary>
    static byte[] OtherNumbers(int seed)
    {
        Random random = new(seed);
        string text = Encoding.UTF8.GetString(s_reader.Seeds[random.Next(s_reader.Seeds.Length)]);
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            Match[] numbers = [.. Numbers().Matches(text).Cast<Match>()];
            Match number = numbers[random.Next(numbers.Length)];
            text = string.Concat(text.AsSpan(0, number.Index), s_numbers[random.Next(s_numbers.Length)],
                text.AsSpan(number.Index + number.Length));
        }
        return Encoding.UTF8.GetBytes(text);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();

    static string Outcome(byte[] input, int seed)
    {
        try
        {
            Use(input);
            return "read";
        }
        catch (InvalidDataException) { return "refused"; }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}: {error.GetType()} is not documented: {Encoding.UTF8.GetString(input)}", error);
        }
    }

    static void Use(byte[] text)
    {
        InitPlan plan = PlanJson.Read(Encoding.UTF8.GetString(text));
        string json = PlanJson.Write(plan);
        InitPlan again = PlanJson.Read(json);
        Assert.Equal(json, PlanJson.Write(again));
        Assert.Equal(plan.Tensors, again.Tensors);
        Assert.Equal(plan.Steps, again.Steps);
        try
        {
            _ = PlanExplanation.Of(plan);
            _ = plan.Retarget(TorchProfile.For("2.10"));
            if (plan.Tensors.All(tensor => tensor.Count <= 4000) && plan.Steps.Count <= 500) { _ = plan.Materialize(0); }
        }
        catch (Exception error) when (error is ArgumentException or OverflowException or InvalidOperationException or NotSupportedException)
        {
            // Documented: torch refuses a step's numbers, or the words are more than are counted.
        }
    }

    static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
