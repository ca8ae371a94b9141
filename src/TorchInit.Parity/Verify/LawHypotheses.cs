using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Known mistakes in a law: a factor, the other shape, no draw at all. One is named only if the tests accept it and none of the
/// others.</summary>
static class LawHypotheses
{
    /// <summary>With fewer values, more than one law fits.</summary>
    public const int Fewest = 200;

    const int Glance = 1 << 12;

    static readonly (Cause, string) s_notDrawn = (Cause.NotDrawn, "it is not drawn, and training or use changed its values");

    // A padding row has no gradient: training leaves it.
    static readonly (Cause, string) s_notSet = (Cause.Changed, "torch sets it after the draw; it was not set, or was changed later");

    /// <summary>The cause that fits the sample; unknown if none does, or more than one, which are then listed.</summary>
    /// <param name="accused">The findings.</param>
    /// <param name="given">The tensor.</param>
    /// <param name="item">The plan and the dtype.</param>
    /// <param name="budget">The allowed false alarms.</param>
    public static (Cause Cause, string Said) Of(RegionFindings accused, TensorBuffer given, DistributionCase item, AlphaBudget budget)
    {
        Sample sample = accused.Sample!;
        string right = sample.Law is ConstantLaw constant ? $"torch has {constant}" : "torch draws";
        if (sample.Values.All(value => value == sample.Values[0]))
        {
            return sample.Values[0] == 0 ? (Cause.Zeros, $"zeros where {right}")
                : (Cause.Constant, $"{sample.Values[0]:G6} everywhere, where {right}");
        }
        if (accused.Region.Law is SuccessiveLaw)
        {
            return (Cause.Unknown, sample.Values.Any(double.IsNaN) ? "a value is repeated, or impossible"
                : "not all orders are equally likely");
        }
        if (sample.Count < Fewest)
        {
            return sample.Law is ConstantLaw ? NotDrawn(accused, item)
                : (Cause.Unknown, $"{sample.Count} values are too few to name a cause");
        }
        ParameterSpec tensor = item.Plan[accused.Region.Tensor];
        bool isWhole = accused.Region.Positions is null;
        // Exact, where the others are accepted by tests.
        if (sample.Law is not ConstantLaw && isWhole && OrthogonalBlocks.Of(given) is { } blocks)
        {
            return (Cause.OtherInitialiser, blocks);
        }
        DType dtype = tensor.TypeOr(item.DType);
        Law law = StoredLaws.Before(sample.Law, tensor, item);
        // For one cause the first match is reported, for other initialisers all that have this law.
        (Cause Cause, string Said)[] fitting = [.. from hypothesis in Laws(law, tensor).Concat(OtherInitialisers.Of(tensor, item))
                                                       .Concat(FittingLaws.Known(sample, law, tensor, item))
                                                   where Accepts(sample, hypothesis.Law, dtype, budget)
                                                   group hypothesis.Said by hypothesis.Cause into all
                                                   select (all.Key, all.Key == Cause.OtherInitialiser ? string.Join(", ", all)
                                                       : all.First())];
        return fitting.Length switch
        {
            0 when sample.Law is ConstantLaw => NotDrawn(accused, item),
            0 => Altered(sample, law, given, isWhole ? tensor : null, budget),
            1 => fitting[0],
            _ => (Cause.Unknown, "more than one cause fits: " + string.Join("; or ", fitting.Select(hypothesis => hypothesis.Said))),
        };
    }

    /// <summary>What was done to the values afterwards, or which width they have; <paramref name="tensor"/>: null for a part of
    /// one.</summary>
    static (Cause Cause, string Said) Altered(Sample sample, Law law, TensorBuffer given, ParameterSpec? tensor, AlphaBudget budget)
    {
        DType dtype = given.DType;
        if (FittingLaws.Width(sample, law, other => Accepts(sample, other, dtype, budget)) is { } width)
        {
            return (Cause.Unknown, $"no known cause fits; {width}");
        }
        if (AlteredLaws.Shifted(sample, law, dtype, budget) is { } shifted) { return (Cause.Shifted, shifted); }
        if (tensor is not null && AlteredLaws.Scaled(sample, law, tensor, dtype, budget) is { } scaled) { return (Cause.RowScale, scaled); }
        return tensor is not null && tensor.Count == sample.Count
            && QuantisedRows.Of(sample.Values, [.. tensor.Shape.Select(size => (int)size)], dtype) is { } quantised
            ? (Cause.Rounded, quantised) : (Cause.Unknown, "no known cause fits");
    }

    /// <summary>What a test of so many values would have detected.</summary>
    public static string Seen(long count, AlphaBudget budget) => string.Create(CultureInfo.InvariantCulture,
        $" (a sup-distance of {Dkw.SmallestDifference(count, budget.Alpha, budget.Beta):0.000} would have been detected)");

    static (Cause, string) NotDrawn(RegionFindings accused, DistributionCase item)
        => item.Drawn.Contains(accused.Region.Tensor) ? s_notSet : s_notDrawn;

    static bool Accepts(Sample sample, Law law, DType dtype, AlphaBudget budget)
        => Accepts(new Sample(sample.Values, StoredLaws.Of(law, dtype)), budget);

    /// <summary>Whether no detector accuses; a few values refuse most laws at once.</summary>
    public static bool Accepts(Sample sample, AlphaBudget budget)
        => (sample.Count <= 4 * Glance || Passes(sample.First(Glance), budget)) && Passes(sample, budget);

    static bool Passes(Sample sample, AlphaBudget budget)
        => Detector.All.All(detector => detector.Examine(sample, budget.Alpha, budget.Beta) is not { Accused: true });

    static IEnumerable<(Cause Cause, string Said, Law Law)> Laws(Law law, ParameterSpec tensor)
    {
        foreach ((Cause cause, string said, double factor) in Factors(tensor))
        {
            if (Scaled(law, factor) is { } scaled) { yield return (cause, said, scaled); }
        }
        if (law is UniformLaw uniform)
        {
            double std = (uniform.To - uniform.From) / Math.Sqrt(12);
            yield return (Cause.NormalForUniform, "a normal of the right standard deviation where torch draws uniforms",
                new NormalLaw((uniform.From + uniform.To) / 2, std, 53, 24));
        }
        if (law is ExponentialLaw exponential)
        {
            yield return (Cause.Gain, "the rate is taken for the scale", exponential with { Lambda = 1 / exponential.Lambda });
        }
        if (law is NormalLaw normal)
        {
            double bound = normal.Std * Math.Sqrt(3);
            yield return (Cause.UniformForNormal, "a uniform of the right standard deviation where torch draws normals",
                new UniformLaw(normal.Expectation - bound, normal.Expectation + bound, normal.StoredBits));
        }
    }

    static IEnumerable<(Cause Cause, string Said, double Factor)> Factors(ParameterSpec tensor)
    {
        (Cause, string, double)[] roots = [(Cause.GainRoot2, "√2 too wide", Math.Sqrt(2)), (Cause.GainRoot3, "√3 too wide", Math.Sqrt(3)),
            (Cause.GainRoot6, "√6 too wide", Math.Sqrt(6))];
        foreach ((Cause, string, double) root in roots) { yield return root; }
        foreach ((string name, double factor) in new[] { ("half as wide", 0.5), ("twice as wide", 2), ("√2 too narrow", 1 / Math.Sqrt(2)),
            ("√3 too narrow", 1 / Math.Sqrt(3)), ("5/3 too wide, tanh's gain", 5.0 / 3) })
        {
            yield return (Cause.Gain, name, factor);
        }
        if (tensor.Shape.Count < 2 || tensor.Shape[0] == tensor.Shape[1]) { yield break; }
        yield return (Cause.TransposedFan, $"scaled by the other fan, {tensor.Shape[0]} instead of {tensor.Shape[1]}",
            Math.Sqrt((double)tensor.Shape[1] / tensor.Shape[0]));
    }

    static Law? Scaled(Law law, double factor) => law switch
    {
        UniformLaw uniform => uniform with { From = uniform.From * factor, To = uniform.To * factor },
        NormalLaw { Expectation: 0 } normal => normal with { Std = normal.Std * factor },
        TruncNormalLaw { Expectation: 0 } truncated
            => truncated with { Std = truncated.Std * factor, A = truncated.A * factor, B = truncated.B * factor },
        ExponentialLaw => AffineLaw.Of(law, factor, 0),
        _ => null,
    };
}
