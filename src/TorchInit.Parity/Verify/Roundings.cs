using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Torch's draws, rounded differently: another logarithm, sine or QR, or a product rounded in between. Every element is close
/// to torch's.</summary>
static class Roundings
{
    /// <summary>In ε of the largest element. Torch's own builds differ by 3 at most (orthogonal_ on other LAPACKs); where ε is 2⁻⁷ or 2⁻¹⁰,
    /// 64 would be half of the largest element, which training or a factor gives as well.</summary>
    public static double Most(DType dtype) => dtype.ByteSize() == 2 ? 4 : 64;

    /// <summary>How many differ and how far; null if one differs by more than rounding explains.</summary>
    public static string? Of(StateDict right, StateDict given)
    {
        (long count, long differing, ulong ulp, double distance) = (0, 0, 0, 0);
        foreach ((string name, TensorBuffer tensor) in right)
        {
            if (given[name].DType != tensor.DType) { return null; }
            BitComparison comparison = BitComparison.Of(tensor.DType, tensor.Bytes(0, tensor.Count), given[name].Bytes(0, tensor.Count));
            if (!(comparison.Distance <= Most(tensor.DType))) { return null; }
            (count, differing, ulp, distance) = (count + comparison.Count, differing + comparison.Differing,
                Math.Max(ulp, comparison.MaxUlp), Math.Max(distance, comparison.Distance));
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"torch's draws, rounded differently: {differing:N0} of {count:N0} elements differ, by at most {ulp:N0} ULP, {distance:0.0} "
                + $"ε of the largest element");
    }
}
