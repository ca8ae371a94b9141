namespace TorchInit.Tests.Golden;

/// <summary>1,410 expressions that torch 2.11.0 drew on its CPU, with AVX2 and with the portable kernels (golden/draws).</summary>
public class RecordedDrawsTests
{
    [Theory, InlineData("avx2", CpuCapability.Avx2), InlineData("default", CpuCapability.Default)]
    public void Torch_2_11_drew_the_same(string name, CpuCapability cpu)
    {
        TorchProfile profile = TorchProfile.For("2.11.0", cpu: cpu);
        Dictionary<string, string> reasons = GoldenTable.Read("draws/not-covered.tsv").ToDictionary(line => line["expression"], line
            => line["reason"]);
        List<string> wrong = [];
        HashSet<string> unused = [.. reasons.Keys];
        int same = 0;
        IReadOnlyList<Dictionary<string, string>> lines = GoldenTable.Read($"draws/2.11.0-linux-x64-{name}.tsv");
        foreach (Dictionary<string, string> line in lines)
        {
            RecordedDraw draw = RecordedDraw.Of(line);
            (string? refusal, string difference) = Ask(draw, profile);
            bool listed = reasons.ContainsKey(draw.Expression);
            if (listed) { unused.Remove(draw.Expression); }
            if (refusal is null && difference.Length == 0 && !listed) { same++; }
            else if (!listed || refusal is null)
            {
                wrong.Add($"{draw.Expression} seed {draw.Seed}: {refusal ?? difference}{(listed ? " (listed)" : "")}");
            }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {lines.Count}:\n{string.Join('\n', wrong.Take(30))}");
        Assert.Empty(unused);
        Assert.Equal((1410, 1318), (lines.Count, same));
    }

    [Fact]
    public void What_is_not_covered_is_listed_by_reason()
        => Assert.Equal(
            ["arange of 16 bits beyond its whole numbers", "linspace of 16 bits", "modules applied to a tensor but Dropout",
                "other samples than torch's own draws"],
            GoldenTable.Read("draws/not-covered.tsv").Select(line => line["reason"]).Distinct().Order(StringComparer.Ordinal));

    static (string? Refusal, string Difference) Ask(RecordedDraw draw, TorchProfile profile)
    {
        try { return (null, draw.Difference(profile)); }
        catch (ArgumentException error) { return (error.Message, ""); }
        catch (NotSupportedException error) { return (error.Message, ""); }
        catch (FormatException error) { return (error.Message, ""); }
    }
}
