using System.Globalization;
using System.Text;
using TorchInit.Oracle;

namespace TorchInit.Cli;

/// <summary>The side-by-side run as results/CPU/WIDTH.md.</summary>
static class BenchMarkdown
{
    public static string Of(IEnumerable<BenchRow> rows, OracleInfo info, string processor, VectorWidth width, int samples, string command)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture,
            $"# {processor}, kernels of {(width == VectorWidth.Scalar ? "no vectors" : $"{(int)width} bits")}\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"torch {info.PackageVersion} ({info.CpuCapability}, {info.Lapack}), .NET {Environment.Version}, "
                + $"{Environment.ProcessorCount} processors. ");
        text.Append(CultureInfo.InvariantCulture,
            $"Medians of {samples} samples, taken in turn on both sides; a ratio is the median of torch's time over ours, of "
                + $"neighbouring samples. ");
        text.Append("Fill: a plain Span.Fill's time over ours on one thread. Spread: the third quartile of torch's times over the first, "
            + "so 1 is a quiet machine.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"```bash\n{command}\n```\n\n");
        text.Append("| | torch ms | ours ms | times as fast, 1 thread | all threads | Fill | spread |\n|---|--:|--:|--:|--:|--:|--:|\n");
        foreach (BenchRow row in rows)
        {
            string fill = double.IsNaN(row.Roofline) ? "–" : Text(row.Roofline);
            text.Append(CultureInfo.InvariantCulture,
                $"| {row.Item.Name} | {Text(row.TorchMilliseconds)} | {Text(row.OneMilliseconds)} | {Text(row.One)} | {Text(row.All)} | "
                    + $"{fill} | {row.Spread:F2} |\n");
        }
        return text.ToString();
    }

    static string Text(double value) => value.ToString(value < 0.1 ? "F4" : value < 10 ? "F2" : "F1", CultureInfo.InvariantCulture);
}
