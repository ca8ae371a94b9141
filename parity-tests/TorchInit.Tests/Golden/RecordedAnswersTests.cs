using TorchInit.Parity;

namespace TorchInit.Tests.Golden;

/// <summary>Every recorded answer of every torch: five eras, three platforms, both kinds of kernels.</summary>
public class RecordedAnswersTests
{
    public static TheoryData<string> Files => [.. GoldenSet.Files.Select(file => file.File)];

    [Theory, MemberData(nameof(Files))]
    public void Every_promise_is_kept(string file)
    {
        ParitySection section = ParitySection.Golden(GoldenSet.Files.Single(other => other.File == file));
        Violations.None($"{file}: {section.Total.Cases} cases", section.Failures.Select(failure => $"{failure.Case}: {failure.Detail}"));
        Assert.Equal(0, section.Total.DifferingExact);
        Assert.True(section.Total.Count(Outcome.SameBits) > 200, "A file with next to nothing in it proves nothing.");
    }

    [Fact]
    public void Module_constructions_are_all_there()
    {
        // 5,544 constructions on official wheels, each with the generator's state after; and what a GPU drew.
        long Constructions(bool onGpu) => GoldenSet.Files.Where(file => !file.File.Contains("recorded", StringComparison.Ordinal)
            && file.Profile.Gpu is not null == onGpu).SelectMany(GoldenSet.Entries).Count(entry => entry.State.Length > 0);
        Assert.Equal(5544, Constructions(onGpu: false));
        Assert.Equal(1662, Constructions(onGpu: true));
    }

    [Theory]
    [InlineData("1.13.1", "linux-x64", CpuCapability.Avx2)]
    [InlineData("1.13.1", "linux-x64", CpuCapability.Default)]
    [InlineData("2.0.1", "linux-x64", CpuCapability.Avx2)]
    [InlineData("2.1.2", "linux-x64", CpuCapability.Avx2)]
    [InlineData("2.6.0", "linux-x64", CpuCapability.Avx2)]
    [InlineData("2.10.0", "linux-x64", CpuCapability.Default)]
    [InlineData("2.11.0", "linux-x64", CpuCapability.Default)]
    [InlineData("2.12.1", "linux-x64", CpuCapability.Default)]
    [InlineData("2.13.0", "linux-x64", CpuCapability.Default)]
    [InlineData("2.15.0", "linux-x64", CpuCapability.Avx2)]
    [InlineData("2.8.0", "windows-x64", CpuCapability.Avx2)]
    [InlineData("2.13.0", "windows-x64", CpuCapability.Default)]
    [InlineData("2.8.0", "linux-arm64", CpuCapability.Default)]
    [InlineData("2.13.0", "linux-arm64", CpuCapability.Default)]
    public void Era_platform_and_capability_are_covered(string version, string platform, CpuCapability cpu)
        => Assert.Contains(GoldenSet.Files, file => file.Version == version && file.Profile.Platform.Name() == platform
            && file.Profile.Cpu == cpu);

    [Fact]
    public void Nothing_outside_the_named_classes_is_only_close()
    {
        // The classes that docs/compatibility.md names: everything else has the same bits.
        string[] close = [.. (from file in GoldenSet.Files
                              from name in ParitySection.Golden(file).Names
                              where name.Count(Outcome.WithinTolerance) > 0
                              select $"{(file.Profile.Platform == TorchPlatform.WindowsX64 ? "windows " : "")}{name.Name}").Distinct()
            .Order(StringComparer.Ordinal)];
        Assert.Equal(["init.orthogonal_", "init.trunc_normal_", "windows normal_"], close);
    }

    [Fact]
    public void A_damaged_file_is_refused()
    {
        GoldenFile file = GoldenSet.Files[0] with { Sha256 = new('0', 64) };
        Assert.Contains("sha256", Assert.Throws<InvalidDataException>(() => GoldenSet.Entries(file)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => GoldenSet.Entries(file with { File = "missing.tsv" }));
    }

    [Theory]
    [InlineData("Linear(3, 4)\tfloat32\t0\t0123456789abcdef0123456789abcdef\t-")]
    [InlineData("Linear(3, 4)\tfloat32\t0\t\t-\t-")]
    public void A_malformed_line_is_refused(string line) => Assert.Throws<InvalidDataException>(() => GoldenEntry.Parse(line));

    [Theory]
    [InlineData("Linear(3, 4)\tfloat32\t0\t0123456789abcdef0123456789abcdef\t-\t-")]
    [InlineData("Linear(3, 4) + reset\tbfloat16\t-2\t0123456789abcdef0123456789abcdef\t0123456789abcdef\t3f80 0000, 0000")]
    [InlineData("randperm(-1)\tfloat64\t18446744073709551615\tRuntimeError\t0123456789abcdef\t-")]
    public void A_line_reads_back(string line) => Assert.Equal(line, GoldenEntry.Parse(line).ToString());

    [Fact]
    public void A_wrong_bit_is_a_mismatch_that_names_it()
    {
        GoldenFile file = GoldenSet.Files.First(each => each.Version == "2.15.0");
        GoldenEntry entry = GoldenSet.Entries(file).First(each => each.Case.Name == "normal_" && each.Words is [{ Count: > 3 }]);
        string[] words = [.. entry.Words[0]];
        words[2] = (Convert.ToUInt32(words[2], 16) + 1).ToString("x8", null);
        CaseResult result = GoldenRunner.Run(file.Profile, entry with { Sha256 = new('0', 64), Words = [words] });
        Assert.Equal(Outcome.Mismatch, result.Outcome);
        Assert.Contains($"tensor[2]: torch {words[2]}, C# {entry.Words[0][2]} (1 of the first", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_state_after_is_a_mismatch()
    {
        GoldenFile file = GoldenSet.Files.First(each => each.Version == "2.15.0");
        GoldenEntry entry = GoldenSet.Entries(file).First(each => each.State.Length > 0) with { State = "0123456789abcdef" };
        CaseResult result = GoldenRunner.Run(file.Profile, entry);
        Assert.Equal(Outcome.Mismatch, result.Outcome);
        Assert.Contains("generator state", result.Detail, StringComparison.Ordinal);
    }
}
