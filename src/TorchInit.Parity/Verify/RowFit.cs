using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Torch's values, each row (or column, or channel) times a factor of its own, or plus a term of its own: weight normalisation,
/// standardisation, a norm that was folded into the layer before or after it.</summary>
static class RowFit
{
    /// <summary>With fewer elements in a row, a factor and a term would fit too easily.</summary>
    public const int Fewest = 8;

    /// <summary>The cause and its sentence; null if it fits no row-wise factors and terms, or the same ones everywhere.</summary>
    /// <param name="actual">The values found.</param>
    /// <param name="expected">Torch's.</param>
    /// <param name="shape">Of the tensor.</param>
    /// <param name="axis">Along which the rows lie.</param>
    /// <param name="stored">The dtype of the values found.</param>
    public static (Cause Cause, string Said)? Of(double[] actual, double[] expected, int[] shape, int axis, DType stored)
    {
        if (shape.Length < 2 || shape[axis] < 2 || actual.Length / shape[axis] < Fewest) { return null; }
        Line[] lines = Sums(actual, expected, shape, axis);
        string what = Name(shape.Length, axis);
        Func<Line, (double Factor, double Term)>[] models = [line => (line.Factor, 0), line => (1, line.Term), line => line.Affine];
        foreach ((int model, Func<Line, (double Factor, double Term)> fit) in models.Index())
        {
            (double Factor, double Term)[] fits = [.. lines.Select(fit)];
            // Rows of zeros are named as such.
            if (fits.Zip(lines).Any(pair => pair.First.Factor == 0 && pair.Second.Largest > 0)) { return null; }
            if (!Fits(fits, lines, actual, expected, shape, axis, stored)) { continue; }
            // One factor for all, or one term, is no matter of rows.
            if (!Vary(model == 1 ? fits.Select(pair => pair.Term) : fits.Select(pair => pair.Factor), stored)) { return null; }
            return (model == 1 ? Cause.Shifted : Cause.RowScale, model switch
            {
                0 => $"each {what} is torch's, times a factor of its own: {Span(fits.Select(pair => pair.Factor))}"
                    + Norms(lines, what, stored),
                1 => $"each {what} is torch's, shifted by a number of its own: {Span(fits.Select(pair => pair.Term))}",
                _ => $"each {what} is torch's, scaled and shifted by numbers of its own: times {Span(fits.Select(pair => pair.Factor))}, "
                    + $"plus {Span(fits.Select(pair => pair.Term))}",
            });
        }
        return null;
    }

    /// <summary>What lies along an axis, in words.</summary>
    public static string Name(int axes, int axis) => axes > 2 ? $"slice along axis {axis}" : axis == 0 ? "row" : "column";

    /// <summary>The row of an element.</summary>
    public static int RowOf(int element, int[] shape, int axis) => element / Inner(shape, axis) % shape[axis];

    /// <summary>How many elements follow each other in one row.</summary>
    public static int Inner(int[] shape, int axis) => shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size);

    /// <summary>The smallest and the largest, in words.</summary>
    public static string Span(IEnumerable<double> values)
        => string.Create(CultureInfo.InvariantCulture, $"{values.Min():G4} to {values.Max():G4}");

    static bool Vary(IEnumerable<double> values, DType stored)
        => values.Max() - values.Min() > 8 * AlteredValues.Epsilon(stored) * values.Max(Math.Abs);

    /// <summary>Rows that were normalised all have the same norm.</summary>
    static string Norms(Line[] lines, string what, DType stored)
    {
        double[] norms = [.. lines.Where(line => line.Largest > 0).Select(line => Math.Sqrt(line.ActualSquares))];
        return norms.Length > 0 && norms[0] > 0 && !Vary(norms, stored)
            ? string.Create(CultureInfo.InvariantCulture, $"; every {what} has norm {norms[0]:G4}") : "";
    }

    static Line[] Sums(double[] actual, double[] expected, int[] shape, int axis)
    {
        Line[] lines = new Line[shape[axis]];
        int inner = Inner(shape, axis);
        for (int at = 0; at < actual.Length; at++)
        {
            (double a, double e) = (actual[at], expected[at]);
            ref Line line = ref lines[at / inner % shape[axis]];
            line = new(line.Count + 1, line.Actual + a, line.Expected + e, line.Squares + e * e, line.Products + a * e,
                line.ActualSquares + a * a, Math.Max(line.Largest, Math.Abs(e)));
        }
        return lines;
    }

    static bool Fits((double Factor, double Term)[] fits, Line[] lines, double[] actual, double[] expected, int[] shape, int axis,
        DType stored)
    {
        double[] allowed = [.. fits.Zip(lines, (fit, line) => AlteredValues.Allowed(stored, Math.Abs(fit.Factor) * line.Largest
            + Math.Abs(fit.Term)))];
        int inner = Inner(shape, axis);
        for (int at = 0; at < actual.Length; at++)
        {
            int row = at / inner % shape[axis];
            if (!(Math.Abs(actual[at] - fits[row].Factor * expected[at] - fits[row].Term) <= allowed[row])) { return false; }
        }
        return true;
    }

    /// <summary>Sums over a row, and the factor and the term that fit it best.</summary>
    readonly record struct Line(int Count, double Actual, double Expected, double Squares, double Products, double ActualSquares,
        double Largest)
    {
        public double Factor => Squares > 0 ? Products / Squares : 1;

        public double Term => (Actual - Expected) / Count;

        public (double Factor, double Term) Affine
        {
            get
            {
                double spread = Count * Squares - Expected * Expected;
                double factor = spread > 0 ? (Count * Products - Actual * Expected) / spread : 1;
                return (factor, (Actual - factor * Expected) / Count);
            }
        }
    }
}
