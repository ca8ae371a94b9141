using System.Globalization;

namespace TorchInit.Parity;

/// <summary>A law whose values were altered afterwards in a way that the values themselves tell: shifted by one number, or scaled row by
/// row.</summary>
static class AlteredLaws
{
    // Alters a value of 16 bits and it is rounded twice: more values would show that.
    const int Most16Bit = 1 << 12;
    const int LeastInRow = 8;

    // The sizes of rows differ by chance, too: by fewer than so many standard errors.
    const double Errors = 9;

    /// <summary>The law, shifted; null if it does not fit.</summary>
    /// <param name="sample">The values.</param>
    /// <param name="law">Before 16 bits rounded it.</param>
    /// <param name="dtype">Of the tensor.</param>
    /// <param name="budget">The allowed false alarms.</param>
    public static string? Shifted(Sample sample, Law law, DType dtype, AlphaBudget budget)
    {
        if (!Array.TrueForAll(sample.Values, double.IsFinite)) { return null; }
        double term = law is UniformLaw uniform ? (sample.Values.Max() - uniform.To + sample.Values.Min() - uniform.From) / 2
            : sample.Values.Average() - law.Mean;
        Law? shifted = law switch
        {
            UniformLaw or NormalLaw => AffineLaw.Of(law, 1, term),
            TruncNormalLaw cut => cut with { Expectation = cut.Expectation + term, A = cut.A + term, B = cut.B + term },
            _ => null,
        };
        Sample some = dtype.ByteSize() == 2 ? sample.First(Most16Bit) : sample;
        return shifted is not null && LawHypotheses.Accepts(new Sample(some.Values, StoredLaws.Of(shifted, dtype)), budget)
            ? string.Create(CultureInfo.InvariantCulture, $"{law}, shifted by {term:G4}, fits{LawHypotheses.Seen(some.Count, budget)}")
            : null;
    }

    /// <summary>The law, each row or column times a factor of its own; null if it does not fit.</summary>
    /// <param name="sample">The values.</param>
    /// <param name="law">Before 16 bits rounded it.</param>
    /// <param name="tensor">Of the values.</param>
    /// <param name="dtype">Of the tensor.</param>
    /// <param name="budget">The allowed false alarms.</param>
    public static string? Scaled(Sample sample, Law law, ParameterSpec tensor, DType dtype, AlphaBudget budget)
    {
        bool isUniform = law is UniformLaw uniform && uniform.From == -uniform.To;
        if (!isUniform && !IsNormal(law) || !Array.TrueForAll(sample.Values, double.IsFinite) || tensor.Shape.Count < 2) { return null; }
        for (int axis = 0; axis < 2; axis++)
        {
            double[][] rows = Rows(sample.Values, [.. tensor.Shape.Select(size => (int)size)], axis);
            if (rows.Length < 2 || rows[0].Length < LeastInRow) { continue; }
            if (dtype.ByteSize() == 2) { rows = rows[..Math.Min(rows.Length, Math.Max(2, Most16Bit / rows[0].Length))]; }
            double[] factors = [.. rows.Select(row => Math.Sqrt(row.Average(value => value * value)) / law.StandardDeviation)];
            double error = Math.Sqrt((law.StandardMoment(4) - 1) / rows[0].Length) / 2;
            if (Array.Exists(factors, factor => factor == 0)
                || factors.Max() - factors.Min() <= Errors * error * factors.Average()) { continue; }
            Sample ratios = Ratios(rows, isUniform, dtype);
            if (ratios.Count < LawHypotheses.Fewest || !LawHypotheses.Accepts(ratios, budget)) { continue; }
            return $"each {RowFit.Name(tensor.Shape.Count, axis)} follows {law} times a factor of its own, {RowFit.Span(factors)}"
                + LawHypotheses.Seen(ratios.Count, budget);
        }
        return null;
    }

    /// <summary>Whether a law is normal around 0, or cut so far out that it hardly matters.</summary>
    static bool IsNormal(Law law) => law is NormalLaw { Expectation: 0 }
        || law is TruncNormalLaw { Expectation: 0 } cut && Math.Min(-cut.A, cut.B) > 6 * cut.Std;

    /// <summary>What a factor does not change: of a uniform, the values over the largest, which are uniform themselves; of a normal, those
    /// over the norm, a point on a sphere.</summary>
    static Sample Ratios(double[][] rows, bool isUniform, DType dtype)
    {
        List<double> ratios = [];
        Jitter jitter = Jitter.Of(rows[0]);
        foreach (double[] row in rows)
        {
            double whole = isUniform ? row.Max(Math.Abs) : Math.Sqrt(row.Sum(value => value * value));
            int largest = isUniform ? Array.FindIndex(row, value => Math.Abs(value) == whole) : -1;
            for (int at = 0; at < row.Length; at++)
            {
                if (at != largest) { ratios.Add(Inside(Spread(row[at], dtype, ref jitter) / whole)); }
            }
        }
        return new([.. ratios], isUniform ? new UniformLaw(-1, 1, 22) : new HaarEntryLaw(rows[0].Length, 1));
    }

    static double Inside(double ratio) => Math.Abs(ratio) <= 1 ? ratio : Math.Sign(ratio) * (2 - Math.Abs(ratio));

    /// <summary>A value somewhere among those that 16 bits round to it.</summary>
    static double Spread(double value, DType dtype, ref Jitter jitter)
    {
        if (dtype.ByteSize() != 2 || value == 0) { return value; }
        double unit = AlteredValues.Epsilon(dtype) * Math.Pow(2, Math.Floor(Math.Log2(Math.Abs(value))));
        return value + (jitter.Next() - 0.5) * unit;
    }

    /// <summary>The whole rows of a tensor, or of its beginning; columns only of a whole one.</summary>
    static double[][] Rows(double[] values, int[] shape, int axis)
    {
        long row = shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        if (row == 0 || row > values.Length || axis == 1 && row * shape[0] != values.Length) { return []; }
        int size = axis == 0 ? (int)Math.Min(shape[0], values.Length / row) : shape[axis], inner = RowFit.Inner(shape, axis);
        int length = (axis == 0 ? (int)row : values.Length / size);
        return [.. Enumerable.Range(0, size).Select(at
            => Enumerable.Range(0, length).Select(i => values[(i / inner * size + at) * inner + i % inner]).ToArray())];
    }
}
