using System.Globalization;

namespace InitNotebooks;

public static partial class Plot
{
    const int MostSide = 64, MostTexts = 160;

    /// <summary>A matrix as colours: red below zero, blue above. Above 64 rows or columns, neighbours are averaged, and the chart
    /// says so.</summary>
    /// <param name="values">The matrix, row-major and finite.</param>
    /// <param name="rows">The number of rows; times <paramref name="columns"/>, the number of values.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="title">The claim that it shows.</param>
    /// <param name="rowNames">One name per row; null for numbers.</param>
    /// <param name="columnNames">One name per column; null for numbers.</param>
    /// <param name="text">Formats a value in its cell, for up to 160 cells; null for three digits.</param>
    public static Chart HeatMap(float[] values, int rows, int columns, string title = "", string[]? rowNames = null,
        string[]? columnNames = null, Func<float, string>? text = null)
    {
        CheckShape(Checked(values).Length, rows, columns);
        double[][] cells = Blocks([.. values.Select(value => (double)value)], rows, columns, block => block.Average());
        double least = cells.Min(row => row.Min()), most = cells.Max(row => row.Max()), size = Math.Max(Math.Abs(least), Math.Abs(most));
        bool diverging = least < 0, isWhole = rows * columns <= MostTexts;
        (double low, double high) = diverging ? (-size, size) : (least, Math.Max(most, least + 1e-12));
        text ??= value => Ticks.Number(Rounded(value, 3));
        return new(new(title, columnNames is null ? "column" : "", rowNames is null ? "row" : "",
            [new CellsMark("", cells, low, high, diverging)
        {
            Scale = [.. Ticks.Of(low, high, 5).Select(tick => (tick, Ticks.Number(tick)))],
            Texts = isWhole ? [.. values.Select(text).Chunk(columns)] : null,
        }])
        {
            YDownwards = true,
            XNames = columnNames,
            YNames = rowNames,
            Note = BlockNote(rows, columns, "the average"),
            Height = isWhole ? Math.Max(150, rows * 30) : 340,
            Summary = $"{rows} × {columns}: {Describe(Moments.Of(values))}",
        });
    }

    /// <summary>
    /// How far two matrices are apart, in units in the last place, by powers of ten; white means the same bits. Above 64
    /// rows or columns, a cell shows the largest difference among its neighbours.
    /// </summary>
    /// <param name="expected">The expected matrix, row-major.</param>
    /// <param name="actual">The actual matrix, of the same size.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="title">The claim that it shows.</param>
    public static Chart UlpMap(float[] expected, float[] actual, int rows, int columns, string title = "")
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        CheckShape(expected.Length, rows, columns);
        CheckShape(actual.Length, rows, columns);
        double[] apart = [.. expected.Zip(actual, (a, b) => (double)Math.Abs(Line(a) - Line(b)))];
        double most = Math.Max(1, apart.Max());
        int differ = apart.Count(ulp => ulp > 0), byOne = apart.Count(ulp => ulp == 1);
        string counts = string.Create(CultureInfo.InvariantCulture,
            $"{differ:N0} of {apart.Length:N0} elements differ, {byOne:N0} of them by 1 ULP; at most {apart.Max():N0} ULP");
        string block = BlockNote(rows, columns, "the farthest");
        return new(new(title, "column", "row",
            [new CellsMark("ULP", Blocks([.. apart.Select(Place)], rows, columns, places => places.Max()), 0, Place(most), Diverging: false)
        {
            Scale = [.. UlpTicks(most).Select(ulp => (Place(ulp), Ticks.Number(ulp)))],
        }])
        {
            YDownwards = true,
            Height = 340,
            Note = block.Length == 0 ? counts : $"{counts}; {block}",
            Summary = counts,
        });

        static long Line(float value)
            => BitConverter.SingleToInt32Bits(value) is var bits && bits >= 0 ? bits : -(long)(bits & int.MaxValue);

        // 0 ULP is white, 1 ULP is a visible colour, and each factor of ten is one more step.
        static double Place(double ulp) => ulp == 0 ? 0 : 1 + Math.Log10(ulp);
    }

    /// <summary>A float32 as its bits: sign, exponent, fraction. A 1 is a filled square, a 0 a hollow circle.</summary>
    /// <param name="value">Any float.</param>
    public static Chart Bits(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        string text = Convert.ToString(bits, 2).PadLeft(32, '0');
        (string, string)[] fields = [("sign", text[..1]), ("8 bits of exponent", text[1..9]), ("23 bits of fraction", text[9..])];
        return new(new(string.Create(CultureInfo.InvariantCulture, $"{value:G9} = 0x{bits:x8}"), "", "", [new BitsMark("bits", fields)])
        {
            Height = 84,
            Summary = $"{text[0]} {text[1..9]} {text[9..]}",
        });
    }

    static void CheckShape(int count, int rows, int columns)
    {
        if (rows < 1 || columns < 1 || (long)rows * columns != count)
        {
            throw new ArgumentException($"rows is {rows}, columns is {columns}; allowed: 1 or more, with product {count}.", nameof(rows));
        }
    }

    static IEnumerable<double> UlpTicks(double most)
    {
        yield return 0;
        for (double ulp = 1; ulp <= most; ulp *= 10) { yield return ulp; }
    }

    static int Side(int count) => (count + MostSide - 1) / MostSide;

    static string BlockNote(int rows, int columns, string how)
        => Side(rows) * Side(columns) == 1 ? "" : $"a cell is {how} of {Side(rows)} × {Side(columns)}";

    static double[][] Blocks(double[] values, int rows, int columns, Func<IEnumerable<double>, double> one)
    {
        int high = Side(rows), wide = Side(columns);
        IEnumerable<double> Block(int row, int column)
            => from r in Enumerable.Range(row * high, Math.Min(high, rows - row * high))
               from c in Enumerable.Range(column * wide, Math.Min(wide, columns - column * wide))
               select values[r * columns + c];
        return [.. from row in Enumerable.Range(0, (rows + high - 1) / high)
                   select (double[])[.. Enumerable.Range(0, (columns + wide - 1) / wide)
                       .Select(column => Rounded(one(Block(row, column)), 6))]];
    }

    /// <summary>Six digits are more than a colour can show, and a third of the size.</summary>
    static double Rounded(double value, int digits)
        => double.Parse(value.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
