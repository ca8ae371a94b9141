using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Torch's draws, rounded differently: another logarithm, sine or QR, or a product rounded in between. Every element is close
/// to torch's.</summary>
static class Roundings
{
    // Of the largest element: what the farthest of torch's own builds differ by (orthogonal_ on other LAPACKs) is 3 ε.
    public const double Most = 64;

    /// <summary>How many differ and how far; null if one differs by more than rounding explains.</summary>
    public static string? Of(StateDict right, StateDict given)
    {
        (long count, long differing, ulong ulp, double distance) = (0, 0, 0, 0);
        foreach ((string name, TensorBuffer tensor) in right)
        {
            if (given[name].DType != tensor.DType) { return null; }
            BitComparison comparison = BitComparison.Of(tensor.DType, tensor.Bytes(0, tensor.Count), given[name].Bytes(0, tensor.Count));
            if (!(comparison.Distance <= Most)) { return null; }
            (count, differing, ulp, distance) = (count + comparison.Count, differing + comparison.Differing,
                Math.Max(ulp, comparison.MaxUlp), Math.Max(distance, comparison.Distance));
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"torch's draws, rounded differently: {differing:N0} of {count:N0} elements differ, by at most {ulp:N0} ULP, {distance:0.0} "
                + $"ε of the largest element");
    }
}
