using System.Globalization;
using TorchInit;

namespace InitNotebooks;

public static partial class Plot
{
    const int MostSide = 50;

    /// <summary>A matrix as colours: red below zero, blue above. More than 50 rows or columns are averaged.</summary>
    /// <param name="values">Row-major, finite.</param>
    /// <param name="rows">How many; times <paramref name="columns"/> the number of values.</param>
    /// <param name="columns">How many.</param>
    /// <param name="title">The claim that it shows.</param>
    /// <param name="rowNames">One a row; null for numbers.</param>
    /// <param name="columnNames">One a column; null for numbers.</param>
    public static Chart HeatMap(float[] values, int rows, int columns, string title = "", string[]? rowNames = null, string[]? columnNames = null)
    {
        CheckShape(Checked(values).Length, rows, columns);
        double[][] cells = Averaged([.. values.Select(value => (double)value)], rows, columns);
        double least = cells.Min(row => row.Min()), most = cells.Max(row => row.Max()), size = Math.Max(Math.Abs(least), Math.Abs(most));
        bool diverging = least < 0;
        return new(new(title, columnNames is null ? "column" : "", rowNames is null ? "row" : "", [new CellsMark("", cells, diverging ? -size : least, diverging ? size : Math.Max(most, least + 1e-12), diverging)])
        {
            YDownwards = true,
            XNames = columnNames,
            YNames = rowNames,
            Summary = $"{rows} × {columns}: {Describe(Moments.Of(values))}",
        });
    }

    /// <summary>How far two matrices are apart, in units in the last place; white where the bits are the same.</summary>
    /// <param name="expected">Row-major.</param>
    /// <param name="actual">As many.</param>
    /// <param name="rows">How many.</param>
    /// <param name="columns">How many.</param>
    /// <param name="title">The claim that it shows.</param>
    public static Chart UlpMap(float[] expected, float[] actual, int rows, int columns, string title = "")
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        CheckShape(expected.Length, rows, columns);
        CheckShape(actual.Length, rows, columns);
        double[] apart = [.. expected.Zip(actual, (a, b) => (double)Math.Abs(Line(a) - Line(b)))];
        double[][] cells = Averaged(apart, rows, columns);
        return new(new(title, "column", "row", [new CellsMark("ULP", cells, 0, Math.Max(1, cells.Max(row => row.Max())), Diverging: false)])
        {
            YDownwards = true,
            Summary = string.Create(CultureInfo.InvariantCulture, $"{apart.Count(ulp => ulp > 0):N0} of {apart.Length:N0} differ, at most {apart.Max():N0} ULP"),
        });

        static long Line(float value) => BitConverter.SingleToInt32Bits(value) is var bits && bits >= 0 ? bits : -(long)(bits & int.MaxValue);
    }

    /// <summary>A float32 as its bits: sign, exponent, fraction.</summary>
    /// <param name="value">Any float.</param>
    public static Chart Bits(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        // The three fields in three shades, a 1 darker than a 0.
        double[] shades = [.. Enumerable.Range(0, 32).Select(at => (at == 0 ? 0.1 : at < 9 ? 0.4 : 0.7) + ((bits >> (31 - at)) & 1) * 0.28)];
        string text = Convert.ToString(bits, 2).PadLeft(32, '0');
        return new(new(string.Create(CultureInfo.InvariantCulture, $"{value:G9} = 0x{bits:x8}"), "sign, 8 bits of exponent, 23 bits of fraction", "", [new CellsMark("bits", [shades], 0, 1, Diverging: false)])
        {
            XNames = [.. text.Select(digit => $"{digit}")],
            YNames = [""],
            Summary = $"{text[0]} {text[1..9]} {text[9..]}",
        });
    }

    /// <summary>The words of the generator that each step of a plan takes, in order; pale where what is drawn is overwritten or thrown away.</summary>
    /// <param name="plan">At most 60 steps that draw are shown.</param>
    public static Chart DrawOrder(InitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        const int MostSteps = 60;
        List<(string Name, double From, double To, bool Lost)> spans = [];
        double at = 0;
        IReadOnlyList<long?> words = plan.WordsOfSteps();
        for (int step = 0; step < words.Count; step++)
        {
            double taken = words[step] ?? plan[plan.Steps[step].Target.Tensor].Count;
            if (taken == 0) { continue; }
            string tensor = plan.Steps[step].Target.Tensor;
            bool lost = plan[tensor].Kind == ParameterKind.Scratch || plan.Steps.Skip(step + 1).Any(later => later.Target.Tensor == tensor && later.Target.Shape is null);
            spans.Add((tensor, at, at + taken, lost));
            at += taken;
        }
        if (spans.Count == 0) { spans.Add(("nothing is drawn", 0, 0, false)); }
        (string Name, double From, double To, bool Lost)[] shown = [.. spans.Take(MostSteps)];
        return new(new($"{plan.Title}: order of draws", "32-bit words of the generator", "", [.. shown.Select((span, lane) => new SpanMark(span.Name, lane, span.From, span.To, span.Lost))])
        {
            YDownwards = true,
            YNames = [.. shown.Select((span, lane) => $"{lane + 1} {span.Name}")],
            Summary = string.Join('\n', shown.Select(span => string.Create(CultureInfo.InvariantCulture, $"{span.From:N0} – {span.To:N0}  {span.Name}{(span.Lost ? " (overwritten later)" : "")}"))),
        });
    }

    static void CheckShape(int count, int rows, int columns)
    {
        if (rows < 1 || columns < 1 || (long)rows * columns != count) { throw new ArgumentException($"rows is {rows}, columns is {columns}; allowed: 1 or more, with product {count}.", nameof(rows)); }
    }

    static double[][] Averaged(double[] values, int rows, int columns)
    {
        int high = (rows + MostSide - 1) / MostSide, wide = (columns + MostSide - 1) / MostSide;
        return [.. from row in Enumerable.Range(0, (rows + high - 1) / high)
                   select (double[])[.. from column in Enumerable.Range(0, (columns + wide - 1) / wide)
                                        select (from r in Enumerable.Range(row * high, Math.Min(high, rows - row * high)) from c in Enumerable.Range(column * wide, Math.Min(wide, columns - column * wide)) select values[r * columns + c]).Average().Rounded()]];
    }

    /// <summary>Six digits are more than a colour shows, and a third of the size.</summary>
    static double Rounded(this double value) => double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
