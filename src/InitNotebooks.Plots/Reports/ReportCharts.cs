using TorchInit;
using TorchInit.Parity;

namespace InitNotebooks;

/// <summary>The charts of the report.</summary>
static class ReportCharts
{
    static readonly string[] s_shown = ["Linear(64, 32)", "Embedding(100, 16)", "Conv2d(8, 16, 3)", "LSTM(8, 16, 2, bidirectional=True)"];

    /// <summary>A weight of each family.</summary>
    public static IReadOnlyList<ReportFamily> Families { get; } = [new("Linear(512, 256)", "weight"), new("Embedding(1000, 64)", "weight"),
        new("Conv2d(16, 64, 5)", "weight"), new("LSTM(64, 100)", "weight_ih_l0")];

    /// <summary>Shares of transforms, of one float32 tensor of each family: in another dtype the same words of the stream give the same
    /// shares.</summary>
    public static IEnumerable<Chart> Transforms(StatisticsReport report)
        => from item in report.Cases
           where item.DType == DType.Float32 && s_shown.Contains(item.Case)
           let region = item.Regions.First(region => region.Histogram.Count > 0)
           select Shares($"{item.Case} {item.DType.TorchName()} {region.Tensor}", region.Law, region.Histogram, region.Count);

    /// <summary>Shares of bins of equal probability, with what a right sample exceeds in one of a thousand bins.</summary>
    public static Chart Shares(string title, string law, IReadOnlyList<double> shares, long count)
    {
        double width = 1.0 / shares.Count;
        double spread = 3.3 * Math.Sqrt(width * (1 - width) / count);
        return new(new(title, "transform", "share", [
            new BarMark("share", [.. Enumerable.Range(0, shares.Count).Select(bin => (bin + 0.5) * width)], [.. shares], width),
            new LineMark("once in 1,000", [0, 1], [width + spread, width + spread], Dashed: true),
            new LineMark("", [0, 1], [width - spread, width - spread], Dashed: true)])
        { Summary = $"{law}, n = {count:N0}" });
    }

    /// <summary>The statistic, the threshold, and the difference that is surely detected, by sample size.</summary>
    public static Chart Power(StatisticsReport report)
    {
        (double Size, Finding Found)[] all = [.. from item in report.Cases
                                                 from region in item.Regions
                                                 let found = region.Distance
                                                 where found is not null
                                                 orderby found.Count
                                                 select ((double)found.Count, found)];
        double[] sizes = [.. all.Select(entry => entry.Size)];
        return new(new("Kolmogorov–Smirnov: measured, accused, surely detected", "values in a region", "sup |F − G|", [
            new LineMark("measured", sizes, [.. all.Select(entry => entry.Found.Statistic)], Points: true),
            new LineMark("accused above", sizes, [.. all.Select(entry => entry.Found.Threshold)]),
            new LineMark("surely detected above", sizes, [.. all.Select(entry => entry.Found.SmallestDifference)], Dashed: true)])
        { LogarithmicX = true, LogarithmicY = true, Summary = $"{all.Length} regions" });
    }

    /// <summary>Mutants down, detectors across: how few values suffice.</summary>
    public static Chart Mutants(StatisticsReport report)
    {
        string[] detectors = [.. report.Mutants.SelectMany(result => result.Kills.Keys).Where(name => name != MutantResult.Bits).Distinct()
            .Order(StringComparer.Ordinal)];
        double most = Math.Log2(MutantTrial.Sizes[^1]) + 2;
        double Place(MutantResult result, string name) => result.Kills.TryGetValue(name, out long n) ? most - Math.Log2(n) : 0;
        double[][] rows = [.. report.Mutants.Select(result => detectors.Select(name => Place(result, name)).ToArray())];
        return new(new("Killed by: the darker, the fewer values", "", "", [new CellsMark("values", rows, 0, most, Diverging: false)
        {
            Scale = [(0, "lives"),
                .. MutantTrial.Sizes.Where((_, at) => at % 2 == 0).Select(size => (most - Math.Log2(size), Ticks.Number(size))),
                (most - 1, "2")],
        }])
        {
            XNames = detectors,
            YNames = [.. report.Mutants.Select(result => $"{result.Mutant.Number} {result.Mutant.Name}")],
            YDownwards = true,
            Height = 18 * report.Mutants.Count,
            Summary = $"{report.Mutants.Count(result => result.IsKilled)} of {report.Mutants.Count} killed",
        });
    }

    /// <summary>p-values of all seeds and tensors, sorted: a straight line if the laws agree.</summary>
    public static Chart TwoSample(StatisticsReport report) => new(new("p-values of TorchInit against torch", "share of seeds", "p-value", [
        .. report.TwoSample.Where(result => result.Case.DType == DType.Float32).GroupBy(result => result.Case.Expression)
            .Select(group => group.First()).Take(6).Select(result =>
            new LineMark($"{result.Case.Expression}", [.. Enumerable.Range(0, result.Seeds).Select(i => (i + 0.5) / result.Seeds)],
                [.. result.Probabilities])),
        new LineMark("uniform", [0, 1], [0, 1], Dashed: true)])
    { Summary = $"{report.TwoSample.Count} tensors" });

    /// <summary>How wide other frameworks' initial weights of a Linear are: candle's is √6 times torch's.</summary>
    public static Chart Widths(IReadOnlyList<ScoreboardRow> rows)
        => Plot.Bars([.. rows.Select(row => (row.Name,
            row.Cells.First(cell => cell.Case.Id == "linear").Widths.GetValueOrDefault("weight")))],
        "Linear(256, 128): standard deviation of the weight, torch = 1", "times torch's");
}
