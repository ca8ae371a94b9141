using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Zeros among torch's own values, as pruning writes them.</summary>
static class PrunedValues
{
    /// <summary>Fewer zeros are elements that someone changed.</summary>
    public const int Fewest = 16;

    // Where fewer of the others are torch's, the tensor may have been drawn in another way.
    const double ShareOfRight = 0.75;

    /// <summary>The share of zeros, and how many of the others are torch's; null if that does not explain the tensor.</summary>
    /// <param name="actual">The values found.</param>
    /// <param name="expected">Torch's.</param>
    public static string? Of(double[] actual, double[] expected)
    {
        (int zeros, int right, bool isSpread, int run) = (0, 0, false, 0);
        (double largestZeroed, double smallestKept) = (0, double.PositiveInfinity);
        for (int at = 0; at < actual.Length; at++)
        {
            if (actual[at] == 0 && expected[at] != 0)
            {
                (zeros, run) = (zeros + 1, run + 1);
                largestZeroed = Math.Max(largestZeroed, Math.Abs(expected[at]));
                continue;
            }
            (isSpread, run) = (isSpread || run is > 0 and < Fewest, 0);
            if (actual[at] == expected[at]) { right++; }
            smallestKept = Math.Min(smallestKept, Math.Abs(expected[at]));
        }
        int others = actual.Length - zeros;
        // Whole rows of zeros are named as rows.
        if (zeros < Fewest || others == 0 || !(isSpread || run is > 0 and < Fewest) || right < ShareOfRight * others) { return null; }
        string which = largestZeroed <= smallestKept ? "the smallest ones, as pruning by magnitude leaves them" : "as pruning leaves them";
        string kept = right == others ? "all" : right.ToString("N0", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{Said(zeros, actual.Length)}, {which}; {kept} of the {others:N0} others have "
            + $"torch's bits");
    }

    /// <summary>For example <c>4,915 of 8,192 values (60.0 %) are 0</c>.</summary>
    public static string Said(long zeros, long all) => string.Create(CultureInfo.InvariantCulture,
        $"{zeros:N0} of {all:N0} values ({100.0 * zeros / all:0.0} %) are 0");
}
