using System.Globalization;
using TorchInit.Parity;

namespace InitNotebooks;

/// <summary>Charts of samples. Values are binned or thinned out first, so that a picture of ten million weights stays small.</summary>
public static partial class Plot
{
    const int MostPoints = 500;

    /// <summary>A histogram, as a density, with the expected density and the band in which 99.9 % of a right sample's bars
    /// lie.</summary>
    /// <param name="values">One or more finite values.</param>
    /// <param name="bins">The number of bars, 1 or more.</param>
    /// <param name="density">The expected density; null for none.</param>
    /// <param name="title">The claim that it shows.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static Chart Histogram(float[] values, int bins = 50, Density? density = null, string title = "Histogram")
    {
        Moments moments = Moments.Of(Checked(values));
        if (bins < 1) { throw new ArgumentOutOfRangeException(nameof(bins), bins, "allowed: 1 or more."); }
        double width = moments.Max > moments.Min ? (moments.Max - moments.Min) / bins : 1;
        double[] heights = new double[bins];
        double unit = 1 / (values.Length * width);
        foreach (float value in values) { heights[Math.Min(bins - 1, (int)((value - moments.Min) / width))] += unit; }
        double[] centers = [.. Enumerable.Range(0, bins).Select(bin => moments.Min + (bin + 0.5) * width)];
        List<Mark> marks = [new BarMark("drawn", centers, heights, width)];
        string outside = "";
        if (density is not null)
        {
            BandMark band = Band(density, centers, width, values.Length);
            double[] xs = [.. Enumerable.Range(0, 201).Select(step => moments.Min + (moments.Max - moments.Min) * step / 200)];
            marks.AddRange([band, new LineMark($"{density}", xs, [.. xs.Select(density.At)], Dashed: true)]);
            // Half a value on either side: heights are sums of rounded shares.
            bool IsOutside(int bin) => heights[bin] < band.Lows[bin] - unit / 2 || heights[bin] > band.Highs[bin] + unit / 2;
            int beyond = Enumerable.Range(0, bins).Count(IsOutside);
            outside = $", {beyond} of {bins} bars outside the 99.9 % band";
        }
        string note = string.Create(CultureInfo.InvariantCulture, $"n = {values.Length:N0}{outside}");
        return new(new(title, "value", "density", marks) { Note = note, Summary = $"{Describe(moments)}{outside}\n{Sketch(heights)}" });
    }

    /// <summary>Sorted values against the quantiles of a distribution: they lie on the dashed line if they come from it.</summary>
    /// <param name="values">Two or more finite values.</param>
    /// <param name="density">The distribution.</param>
    /// <param name="title">The claim that it shows.</param>
    public static Chart QQ(float[] values, Density density, string title = "Quantiles")
    {
        ArgumentNullException.ThrowIfNull(density);
        float[] sorted = [.. Checked(values).Order()];
        int count = Math.Min(MostPoints, sorted.Length);
        double[] shares = [.. Enumerable.Range(0, count).Select(point => (point + 0.5) / count)];
        double[] theory = [.. shares.Select(density.Quantile)];
        double[] drawn = [.. shares.Select(share => (double)sorted[(int)(share * sorted.Length)])];
        double worst = theory.Zip(drawn).Max(pair => Math.Abs(pair.First - pair.Second));
        LineMark equal = new("equal", [theory[0], theory[^1]], [theory[0], theory[^1]], Dashed: true);
        return new(new(title, $"quantile of {density}", "quantile of what was drawn",
            [new LineMark("drawn", theory, drawn, Points: true), equal])
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"n = {sorted.Length:N0}, {count} quantiles shown"),
            Summary = string.Create(CultureInfo.InvariantCulture, $"n = {sorted.Length:N0}, farthest from the line: {worst:G3}"),
        });
    }

    /// <summary>The spread of several samples, side by side.</summary>
    /// <param name="samples">Names and values; each sample has one or more values. A name that occurs twice is numbered.</param>
    /// <param name="title">The claim that it shows.</param>
    public static Chart Violins(IEnumerable<(string Name, float[] Values)> samples, string title = "Spreads")
    {
        (string Name, float[] Values)[] all = Distinct(samples);
        Mark[] marks = [.. all.Select((sample, place) => new SpreadMark(sample.Name, place, Thinned(Checked(sample.Values))))];
        return new(new(title, "", "value", marks)
        {
            Note = "as wide as the values are dense; lines at the quartiles",
            XNames = [.. all.Select(sample => sample.Name)],
            Summary = string.Join('\n', all.Select(sample => $"{sample.Name}: {Describe(Moments.Of(sample.Values))}")),
        });
    }

    /// <summary>Lines over common x values.</summary>
    /// <param name="xs">The x values of all lines.</param>
    /// <param name="lines">Names and values, one for each x; a name that begins with <c>theory</c> is drawn dashed and grey.</param>
    /// <param name="title">The claim that it shows.</param>
    /// <param name="x">The quantity on the x axis, with its unit.</param>
    /// <param name="y">The quantity on the y axis, with its unit.</param>
    /// <param name="logarithmic">Whether both axes are logarithmic; all numbers must be above 0.</param>
    public static Chart Lines(double[] xs, (string Name, double[] Values)[] lines, string title = "", string x = "", string y = "",
        bool logarithmic = false)
    {
        lines = Distinct(lines);
        return new(new(title, x, y, [.. lines.Select(line => Line(line.Name, xs, line.Values))])
        {
            LogarithmicX = logarithmic,
            LogarithmicY = logarithmic,
            Summary = string.Join('\n', lines.Select(line => Ends(line.Name, line.Values))),
        });
    }

    /// <summary>Sizes by layer, on a logarithmic axis.</summary>
    /// <param name="runs">Names and sizes, first layer first; a name that begins with <c>theory</c> is drawn dashed and grey.</param>
    /// <param name="title">The claim that it shows.</param>
    /// <param name="y">The quantity measured.</param>
    public static Chart Depth(IEnumerable<(string Name, double[] Sizes)> runs, string title = "", string y = "")
    {
        (string Name, double[] Sizes)[] all = Distinct(runs);
        double[] Layers(double[] sizes) => [.. Enumerable.Range(1, sizes.Length).Select(layer => (double)layer)];
        double[] Positive(double[] sizes) => [.. sizes.Select(size => size > 0 ? size : double.NaN)];
        return new(new(title, "layer", y, [.. all.Select(run => Line(run.Name, Layers(run.Sizes), Positive(run.Sizes)))])
        {
            LogarithmicY = true,
            Summary = string.Join('\n', all.Select(run => Ends(run.Name, run.Sizes))),
        });
    }

    /// <summary>One bar per name.</summary>
    /// <param name="bars">Names and heights.</param>
    /// <param name="title">The claim that it shows.</param>
    /// <param name="y">The quantity measured, with its unit.</param>
    public static Chart Bars((string Name, double Value)[] bars, string title = "", string y = "")
    {
        bars = Distinct(bars);
        double[] places = [.. bars.Select((_, place) => (double)place)];
        return new(new(title, "", y, [new BarMark("", places, [.. bars.Select(bar => bar.Value)], 0.8)])
        {
            XNames = [.. bars.Select(bar => bar.Name)],
            Summary = string.Join('\n', bars.Select(bar => string.Create(CultureInfo.InvariantCulture, $"{bar.Name}: {bar.Value:G6}"))),
        });
    }

    /// <summary>Numbers the names that occur more than once, <c>name (1)</c>, <c>name (2)</c>: a reader could not tell them
    /// apart.</summary>
    static (string Name, T Values)[] Distinct<T>(IEnumerable<(string Name, T Values)> named)
    {
        (string Name, T Values)[] all = [.. named];
        Dictionary<string, int> times = all.CountBy(each => each.Name).ToDictionary(StringComparer.Ordinal);
        HashSet<string> taken = [.. times.Keys];
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        return [.. all.Select(each => (times[each.Name] == 1 ? each.Name : Numbered(each.Name), each.Values))];

        string Numbered(string name)
        {
            string numbered;
            do { numbered = $"{name} ({numbers[name] = numbers.GetValueOrDefault(name) + 1})"; }
            while (!taken.Add(numbered));
            return numbered;
        }
    }

    static string Ends(string name, double[] values)
        => string.Create(CultureInfo.InvariantCulture, $"{name}: {values[0]:G4} … {values[^1]:G4}");

    static LineMark Line(string name, double[] xs, double[] ys)
        => new(name, xs, ys, Dashed: name.StartsWith("theory", StringComparison.Ordinal));

    /// <summary>A bar's count is binomial; at most one right bar in two thousand lies beyond each end of the band.</summary>
    static BandMark Band(Density density, double[] centers, double width, int count)
    {
        const double Tail = 0.0005;
        double unit = 1 / (count * width);
        double Share(double center) => Math.Clamp(density.Cumulative(center + width / 2) - density.Cumulative(center - width / 2), 0, 1);
        double[] shares = [.. centers.Select(Share)];
        double[] lows = [.. shares.Select(p => unit * Last(count, n => CountTails.BinomialAtLeast(n, count, p) >= 1 - Tail))];
        double[] highs = [.. shares.Select(p => unit * Last(count, n => CountTails.BinomialAtLeast(n, count, p) > Tail))];
        return new("99.9 % of right bars", centers, lows, highs, width);
    }

    /// <summary>The last of 0, 1, …, most for which a condition holds; it holds for 0 and, once broken, stays broken.</summary>
    static long Last(long most, Func<long, bool> holds)
    {
        long low = 0;
        while (low < most)
        {
            long middle = low + (most - low + 1) / 2;
            if (holds(middle)) { low = middle; }
            else { most = middle - 1; }
        }
        return low;
    }

    static float[] Checked(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0) { throw new ArgumentException("values is empty; allowed: one or more.", nameof(values)); }
        int at = Array.FindIndex(values, value => !float.IsFinite(value));
        return at < 0 ? values : throw new ArgumentException($"values[{at}] is {values[at]}; allowed: finite numbers.", nameof(values));
    }

    static double[] Thinned(float[] values)
    {
        float[] sorted = [.. values.Order()];
        int count = Math.Min(MostPoints, sorted.Length);
        return [.. Enumerable.Range(0, count)
            .Select(point => (double)sorted[count == 1 ? 0 : (int)((long)point * (sorted.Length - 1) / (count - 1))])];
    }

    static string Describe(Moments moments)
        => string.Create(CultureInfo.InvariantCulture,
            $"n = {moments.Count:N0}, mean {moments.Mean:G4}, std {moments.StandardDeviation:G4}, from {moments.Min:G4} to "
                + $"{moments.Max:G4}");

    static string Sketch(double[] heights)
    {
        const string Levels = " ▁▂▃▄▅▆▇█";
        double[] shown = heights.Length <= 60 ? heights : [.. heights.Chunk((heights.Length + 59) / 60).Select(chunk => chunk.Average())];
        double most = shown.Max();
        return string.Concat(shown.Select(height => Levels[most > 0 ? (int)Math.Ceiling(height / most * (Levels.Length - 1)) : 0]));
    }
}
