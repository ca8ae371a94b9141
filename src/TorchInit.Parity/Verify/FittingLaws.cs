using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Laws whose parameters come from the tensor's shape or from the sample: tried beside the mistakes of a factor.</summary>
static class FittingLaws
{
    const double CutAtTwo = 0.87962566103423978;        // the standard deviation of N(0, 1) cut at ±2

    /// <summary>Initialisers of other frameworks, and draws that went through another dtype.</summary>
    public static IEnumerable<(Cause Cause, string Said, Law Law)> Known(Sample sample, Law law, ParameterSpec tensor,
        DistributionCase item)
    {
        if (law is UniformLaw { From: var from, To: var to } uniform && from == -to)
        {
            yield return (Cause.OtherInitialiser, $"U(0, {to:G4}), not centred", uniform with { From = 0 });
        }
        if (tensor.Shape.Count >= 2)
        {
            long rest = tensor.Shape.Skip(2).Aggregate(1L, (product, size) => product * size);
            (long fanIn, long fanOut) = (tensor.Shape[1] * rest, tensor.Shape[0] * rest);
            foreach ((string name, double variance) in new[] { ("he_normal", 2.0 / fanIn), ("glorot_normal", 2.0 / (fanIn + fanOut)) })
            {
                double std = Math.Sqrt(variance) / CutAtTwo;
                yield return (Cause.OtherInitialiser, string.Create(CultureInfo.InvariantCulture,
                    $"Keras' {name}: N(0, {std:G4}²) cut at 2 σ"), new TruncNormalLaw(0, std, -2 * std, 2 * std, 24));
            }
        }
        foreach ((Cause, string, Law) rounded in Rounded(sample, tensor, item)) { yield return rounded; }
    }

    /// <summary>What a sample follows that has none of the known laws; null if that is not known either.</summary>
    public static string? Width(Sample sample, Law law, Func<Law, bool> accepts)
    {
        if (law.StandardDeviation is not (> 0 and < double.PositiveInfinity) || sample.Values.Any(value => !double.IsFinite(value)))
        {
            return null;
        }
        double largest = sample.Values.Max(Math.Abs) * (1 + 1.0 / sample.Count);
        double std = Math.Sqrt(sample.Values.Average(value => value * value));
        (string Name, Law Law)[] laws =
        [
            ($"U(±{Number(largest)})", new UniformLaw(-largest, largest, 24)), ($"N(0, {Number(std)}²)", new NormalLaw(0, std, 53, 24)),
            ($"N(0, {Number(std / CutAtTwo)}²) cut at 2 σ",
                new TruncNormalLaw(0, std / CutAtTwo, -2 * std / CutAtTwo, 2 * std / CutAtTwo, 24)),
        ];
        (string name, Law? fitting) = laws.FirstOrDefault(entry => accepts(entry.Law));
        return fitting is null ? null : string.Create(CultureInfo.InvariantCulture,
            $"{name} fits: {fitting.StandardDeviation / law.StandardDeviation:0.00} times as wide");
    }

    static IEnumerable<(Cause, string, Law)> Rounded(Sample sample, ParameterSpec tensor, DistributionCase item)
    {
        DType own = tensor.TypeOr(item.DType);
        if (!own.IsFloatingPoint() || item.Plan.Placed.LastOrDefault(placed => item.Plan.Writes(placed.Step, tensor.Name))
            is not { CoversTensor: true, Step: UniformStep or NormalStep } placed
            || StepLaw.Of(placed.Step, placed.Layout, DType.Float32, item.Plan) is not { } law
            || law is not (UniformLaw or NormalLaw)) { yield break; }
        foreach (DType type in (DType[])[DType.BFloat16, DType.Float16])
        {
            bool isStored = own == type || own.ByteSize() > 2 && Array.TrueForAll(sample.Values, value => value == Round(value, type));
            if (isStored)
            {
                yield return (Cause.Rounded, $"float32 draws, rounded to {type.TorchName()}",
                    type == DType.Float16 ? DrawLaw.Stored<Half>(law) : DrawLaw.Stored<BFloat16>(law));
            }
        }
    }

    static double Round(double value, DType type)
        => type == DType.Float16 ? Elements.Round<Half>((float)value) : Elements.Round<BFloat16>((float)value);

    static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
