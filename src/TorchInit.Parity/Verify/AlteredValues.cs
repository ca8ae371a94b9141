using System.Globalization;

namespace TorchInit.Parity;

/// <summary>What was done to torch's values of one tensor after they were drawn: zeros were written, a number was added, rows were scaled,
/// shifted or quantised.</summary>
static class AlteredValues
{
    /// <summary>The cause and its sentence; null if none of these explains every value.</summary>
    /// <param name="actual">The values found.</param>
    /// <param name="expected">Torch's, as many.</param>
    /// <param name="shape">Of the tensor.</param>
    /// <param name="stored">The dtype of the values found.</param>
    public static (Cause Cause, string Said)? Of(double[] actual, double[] expected, int[] shape, DType stored)
    {
        if (actual.Length != expected.Length || !Array.TrueForAll(actual, double.IsFinite)) { return null; }
        long row = shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        if (shape.Length > 0 && row > 0 && shape[0] * row > actual.Length)
        {
            // The beginning of a large tensor: its whole rows.
            int rows = (int)(actual.Length / row), count = (int)(rows * row);
            (actual, expected, shape) = (actual[..count], expected[..count], [rows, .. shape[1..]]);
        }
        if (actual.Length == 0) { return null; }
        if (PrunedValues.Of(actual, expected) is { } pruned) { return (Cause.Pruned, pruned); }
        if (Shift(actual, expected, stored) is { } shift) { return (Cause.Shifted, shift); }
        for (int axis = 0; axis < Math.Min(2, shape.Length); axis++)
        {
            if (RowFit.Of(actual, expected, shape, axis, stored) is { } rows) { return rows; }
        }
        return QuantisedRows.Of(actual, expected, shape, stored) is { } quantised ? (Cause.Rounded, quantised) : null;
    }

    /// <summary>How far a value may be from one that was computed from torch's: two roundings, of the largest. In float64, factors and
    /// terms are no more exact than the values, and fitting them takes more.</summary>
    public static double Allowed(DType stored, double largest) => (stored == DType.Float64 ? 64 : 2) * Epsilon(stored) * largest;

    /// <summary>The distance from 1 to the next number.</summary>
    public static double Epsilon(DType stored) => stored switch
    {
        DType.Float64 => Math.Pow(2, -52),
        DType.Float32 => Math.Pow(2, -23),
        DType.Float16 => Math.Pow(2, -10),
        _ => Math.Pow(2, -7),
    };

    /// <summary>One number, added to all of them.</summary>
    static string? Shift(double[] actual, double[] expected, DType stored)
    {
        if (actual.Length < RowFit.Fewest) { return null; }
        double term = actual.Zip(expected).Average(pair => pair.First - pair.Second);
        double largest = expected.Max(Math.Abs) + Math.Abs(term), allowed = Allowed(stored, largest);
        return Math.Abs(term) > 2 * allowed
            && actual.Zip(expected).All(pair => Math.Abs(pair.First - pair.Second - term) <= allowed)
            ? string.Create(CultureInfo.InvariantCulture, $"its values are torch's, all shifted by {term:G4}") : null;
    }
}
