using System.Globalization;
using System.Text;

namespace TorchInit.Parity;

/// <summary>Version × platform or device, as Markdown: how many recorded cases have torch's bits, and how many are close.</summary>
static class ParityMatrix
{
    static readonly (string Title, TorchPlatform Platform, CpuCapability Cpu, Gpu? Gpu)[] s_columns =
    [
        ("Linux x64", TorchPlatform.LinuxX64, CpuCapability.Avx2, null),
        ("Linux x64, no AVX2", TorchPlatform.LinuxX64, CpuCapability.Default, null),
        ("Linux Arm64", TorchPlatform.LinuxArm64, CpuCapability.Default, null),
        ("Windows x64", TorchPlatform.WindowsX64, CpuCapability.Avx2, null),
        ("Windows x64, no AVX2", TorchPlatform.WindowsX64, CpuCapability.Default, null),
        ("CUDA, H100 or H200", TorchPlatform.LinuxX64, CpuCapability.Avx2, Gpu.H100Sxm),
    ];

    /// <summary>A row for each recorded version, oldest first; a cell is empty if nothing was recorded.</summary>
    public static string Of(IReadOnlyList<ParitySection> sections)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"| torch | {string.Join(" | ", s_columns.Select(column => column.Title))} |\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(s_columns.Select(_ => "--:|"))}\n");
        foreach (IGrouping<Version, ParitySection> version in sections.GroupBy(section => section.Profile.Version)
            .OrderBy(group => group.Key))
        {
            IEnumerable<string> cells = s_columns.Select(column => Cell(
                [.. version.Where(section
                    => section.Profile.Gpu == column.Gpu
                    && (section.Profile.Platform, section.Profile.Cpu) == (column.Platform, column.Cpu))]));
            text.Append(CultureInfo.InvariantCulture, $"| {version.Key} | {string.Join(" | ", cells)} |\n");
        }
        return text.ToString();
    }

    static string Cell(IReadOnlyList<ParitySection> sections)
    {
        long Count(Outcome outcome) => sections.Sum(section => section.Total.Count(outcome));
        IEnumerable<string> parts = from part in new[] { ("✔", Outcome.SameBits), ("≈", Outcome.WithinTolerance), ("✘", Outcome.Mismatch) }
                                    let count = Count(part.Item2)
                                    where count > 0
                                    select string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {count:N0}");
        return string.Join(" · ", parts);
    }
}
