using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Values that are multiples of a step, another one for each row: what quantisation per channel leaves.</summary>
static class QuantisedRows
{
    // Eight bits with a zero point anywhere.
    const int MostLevels = 255;

    // Of a step: how far rounding moves a multiple.
    const double Slack = 0.01, MostSlack = 0.1;

    /// <summary>In words, if every value is also torch's, rounded to the nearest multiple; null otherwise.</summary>
    /// <param name="actual">The values found.</param>
    /// <param name="expected">Torch's.</param>
    /// <param name="shape">Of the tensor.</param>
    /// <param name="stored">The dtype of the values found.</param>
    public static string? Of(double[] actual, double[] expected, int[] shape, DType stored)
    {
        for (int axis = 0; axis < Math.Min(2, shape.Length); axis++)
        {
            if (Steps(actual, shape, axis, stored) is not { } steps) { continue; }
            bool isNearest = Enumerable.Range(0, actual.Length).All(at
                => Math.Abs(actual[at] - expected[at]) <= 0.51 * steps[RowFit.RowOf(at, shape, axis)]);
            if (isNearest) { return $"its values are torch's, rounded to {Said(steps, shape.Length, axis)}"; }
        }
        return null;
    }

    /// <summary>In words, without torch's values to compare with; null if they are no multiples.</summary>
    public static string? Of(double[] actual, int[] shape, DType stored)
    {
        for (int axis = 0; axis < Math.Min(2, shape.Length); axis++)
        {
            if (Steps(actual, shape, axis, stored) is { } steps) { return $"its values are {Said(steps, shape.Length, axis)}"; }
        }
        return null;
    }

    static string Said(double[] steps, int axes, int axis)
    {
        double[] some = [.. steps.Where(step => step > 0)];
        return $"multiples of a step for each {RowFit.Name(axes, axis)}, {RowFit.Span(some)}, as quantisation per channel leaves them";
    }

    /// <summary>Each row's step, 0 for a row of zeros; null if one has none.</summary>
    static double[]? Steps(double[] actual, int[] shape, int axis, DType stored)
    {
        if (shape.Length < 2 || shape[axis] < 2 || actual.Length / shape[axis] < RowFit.Fewest) { return null; }
        int inner = RowFit.Inner(shape, axis);
        double[] steps = new double[shape[axis]], row = new double[actual.Length / shape[axis]];
        for (int at = 0; at < steps.Length; at++)
        {
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = Math.Abs(actual[(i / inner * shape[axis] + at) * inner + i % inner]);
            }
            double largest = row.Max();
            if (largest == 0) { continue; }
            // One magnitude is a multiple of itself.
            if (Array.TrueForAll(row, value => value == 0 || value == largest) || Step(row, largest, stored) is not { } step)
            {
                return null;
            }
            steps[at] = step;
        }
        return steps.Where(step => step > 0).Distinct().Skip(1).Any() ? steps : null;
    }

    static double? Step(double[] values, double largest, DType stored)
    {
        for (int levels = 1; levels <= MostLevels; levels++)
        {
            double step = largest / levels, slack = Slack + levels * AlteredValues.Epsilon(stored);
            if (slack > MostSlack) { return null; }
            if (Array.TrueForAll(values, value => Math.Abs(value / step - Math.Round(value / step)) <= slack)) { return step; }
        }
        return null;
    }
}
