using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Why one tensor of a checkpoint differs from its plan: tries each known mistake on that tensor.</summary>
/// <param name="item">The plan and the dtype.</param>
/// <param name="weights">The checkpoint.</param>
/// <param name="seed">The plan's seed.</param>
/// <param name="stream">The plan's own values.</param>
/// <param name="spans">Its steps along the stream.</param>
/// <param name="same">The tensors that match.</param>
sealed partial class LocatedCause(DistributionCase item, StateDict weights, ulong seed, PlanStream stream, StreamSpan[] spans,
    List<string> same)
{
    /// <summary>The most elements compared by value; more would add nothing.</summary>
    const int MostElements = 1 << 22;
    const int Beginning = 64;

    readonly InitPlan _plan = item.Plan;

    /// <summary>The cause, and its sentence.</summary>
    public (Cause Cause, string Said) Of(FirstDifference first, StreamSpan? span)
    {
        ParameterSpec tensor = _plan[first.Tensor];
        TensorBuffer given = weights[tensor.Name];
        DType own = tensor.TypeOr(item.DType);
        if (own != given.DType && !(own.IsFloatingPoint() && given.DType.IsFloatingPoint()))
        {
            return (Cause.DType, $"it is {given.DType.TorchName()}; torch has {own.TorchName()}");
        }
        if (tensor.Kind == ParameterKind.Buffer && !item.Drawn.Contains(tensor.Name)
            && BufferFaults.Of(tensor.Name, Drawn(tensor), weights) is { } fault)
        {
            return (fault.Cause, fault.Said);
        }
        double[] actual = own.IsFloatingPoint() ? Elements64.Of(given, MostElements) : [];
        if (Array.Exists(actual, value => !double.IsFinite(value))) { return (Cause.NotFinite, "it has values that are not finite"); }
        if (span is null || !item.Drawn.Contains(tensor.Name))
        {
            return (Cause.NotDrawn, $"{tensor.Name} is not drawn, and no longer has its initial values: it was trained or used");
        }
        if (actual.Length > 1 && Array.TrueForAll(actual, value => value == actual[0]))
        {
            return actual[0] == 0 ? (Cause.Zeros, "it is zero; torch draws it") : (Cause.Constant, "it has one value; torch draws it");
        }
        if (!own.IsFloatingPoint()) { return OfDraws(tensor, given, span, first) ?? (Cause.Unknown, "no known cause fits this tensor"); }
        double[] expected = Expected(tensor);
        return OfCasts(tensor, given, actual, expected) ?? OfOrder(tensor, given)
            ?? OfDraws(tensor, given, span, first) ?? OfValues(tensor, actual, expected) ?? OfMatrix(given, span)
            ?? (Cause.Unknown, "no known cause fits this tensor");
    }

    static (Cause Cause, string Said)? OfCasts(ParameterSpec tensor, TensorBuffer given, double[] actual, double[] expected)
    {
        if (tensor.Shape is [> 1 and var size, var columns] && columns == size && size * size == expected.Length
            && Enumerable.Range(0, expected.Length).All(at => actual[at] == expected[at % size * size + at / size]))
        {
            return (Cause.Transposed, "it is transposed");
        }
        return RoundedDraws.TypeOf(actual, expected, given.DType) is { } dtype
            ? (Cause.Rounded, $"its values are torch's, rounded to {dtype.TorchName()}") : null;
    }

    /// <summary>Torch's values at other places of the tensor.</summary>
    (Cause Cause, string Said)? OfOrder(ParameterSpec tensor, TensorBuffer given)
        => tensor.Count <= MostElements && Rearranged.Of(Drawn(tensor), given) is { } how ? (Cause.Order, how.Said) : null;

    /// <summary>Draws from elsewhere in this seed's stream, or from another seed.</summary>
    (Cause Cause, string Said)? OfDraws(ParameterSpec tensor, TensorBuffer given, StreamSpan span, FirstDifference first)
    {
        foreach (StreamSpan earlier in spans.Take(span.Step).Where(earlier => earlier.Words != 0
            && _plan.Placed[earlier.Step].Storage == _plan.Placed[span.Step].Storage).Reverse())
        {
            InitPlan before = new(_plan.Title, _plan.Profile, _plan.Tensors, [.. _plan.Steps.Take(earlier.Step + 1)]);
            if (Is(before, tensor, given, seed))
            {
                return (Cause.ExtraOrMissingDraws, $"it has the draws of step {earlier.Step + 1}, {_plan.Steps[earlier.Step]}, which step "
                    + $"{span.Step + 1} overwrites in torch: the second initialisation is missing");
            }
        }
        ParameterSpec? other = _plan.StateTensors.FirstOrDefault(other => other.Name != tensor.Name
            && _plan.StorageOf(other.Name) != _plan.StorageOf(tensor.Name) && other.Shape.SequenceEqual(tensor.Shape)
            && item.Drawn.Contains(other.Name) && Is(_plan, other, given, seed));
        if (other is not null) { return (Cause.Order, $"it has the values of {other.Name}: drawn in another order, or swapped"); }
        foreach (TorchProfile profile in ProfileHypotheses.Others(_plan.Profile))
        {
            if (ProfileHypotheses.Plan(item, profile) is not { } there || !Is(there, tensor, given, seed)) { continue; }
            Cause cause = _plan.Profile.Gpu is not null ? Cause.Device : profile.Version != _plan.Profile.Version ? Cause.Era
                : profile.Platform == _plan.Profile.Platform && profile.Cpu != _plan.Profile.Cpu ? Cause.CpuMode : Cause.Platform;
            string bits = $"it has the bits of {ProfileHypotheses.BuildOf(profile)}, not of {_plan.Profile}";
            return OfCastDraws(tensor, given) is { } cast ? (Cause.Unknown, $"more than one cause fits: {cast.Said}; or {bits}")
                : (cause, bits);
        }
        return OfGpus(tensor, given) ?? OfOtherBlocks(tensor, given, first) ?? OfCastDraws(tensor, given)
            ?? OfChanges(tensor, given) ?? new StreamShift(item, seed, spans).Of(tensor, given, span);
    }

    /// <summary>A few elements that were changed, by more than rounding explains.</summary>
    (Cause Cause, string Said)? OfChanges(ParameterSpec tensor, TensorBuffer given)
    {
        if (tensor.Count > MostElements || given.DType != tensor.TypeOr(item.DType)) { return null; }
        TensorBuffer expected = Drawn(tensor);
        BitComparison comparison = BitComparison.Of(given.DType, expected.Bytes(0, expected.Count), given.Bytes(0, given.Count));
        return comparison.Distance > Roundings.Most(given.DType) && ChangedElements.Of(expected, given) is { } said
            ? (Cause.Changed, said) : null;
    }

    /// <summary>Draws in another dtype, then cast: of this seed, or of a usual one.</summary>
    (Cause Cause, string Said)? OfCastDraws(ParameterSpec tensor, TensorBuffer given)
    {
        if (tensor.DType is not null || given.DType != item.DType) { return null; }
        int begin = Math.Min(given.Count, Beginning), all = Math.Min(given.Count, MostElements);
        foreach (DType other in CaseTable.DTypes.Where(other => other != item.DType))
        {
            foreach (ulong from in BitHypotheses.UsualSeeds.Prepend(seed))
            {
                if (!Same(begin) || !Same(all)) { continue; }
                return (Cause.DType, (from == seed ? "" : $"of seed {from}: ")
                    + $"drawn in {other.TorchName()}, then cast to {item.DType.TorchName()}");

                bool Same(int count)
                {
                    try
                    {
                        TensorBuffer drawn = _plan.MaterializeSlice(tensor.Name, 0, count, new Generator(from, _plan.Profile), other);
                        return BitHypotheses.Cast(new() { { "", drawn } }, item.DType)[""].Bytes(0, count)
                            .SequenceEqual(given.Bytes(0, count));
                    }
                    catch (Exception error) when (error is ArgumentException or NotSupportedException)
                    {
                        return false;       // that torch refuses it
                    }
                }
            }
        }
        return null;
    }

    (Cause Cause, string Said)? OfValues(ParameterSpec tensor, double[] actual, double[] expected)
    {
        double largest = expected.Max(Math.Abs), epsilon = AlteredValues.Epsilon(tensor.TypeOr(item.DType));
        double farthest = actual.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second));
        if (farthest <= Roundings.Most(tensor.TypeOr(item.DType)) * epsilon * largest)
        {
            return (Cause.Rounding, string.Create(CultureInfo.InvariantCulture,
                $"torch's draws, rounded differently: by at most {farthest / (epsilon * largest):0.0} ε of the largest element"));
        }
        if (RoundedDraws.StepOf(actual) is { } step && farthest <= 0.51 * step)
        {
            return (Cause.Rounded, string.Create(CultureInfo.InvariantCulture,
                $"its values are torch's, rounded to multiples of {step:G6}, as quantisation does"));
        }
        double ee = 0, aa = 0, ae = 0;
        foreach ((double a, double e) in actual.Zip(expected)) { (ee, aa, ae) = (ee + e * e, aa + a * a, ae + a * e); }
        double factor = ae / ee;
        double near = 2 * AlteredValues.Allowed(tensor.TypeOr(item.DType), Math.Abs(factor) * largest);
        if (ee > 0 && actual.Zip(expected).All(pair => Math.Abs(pair.First - factor * pair.Second) <= near))
        {
            return (Cause.Gain, string.Create(CultureInfo.InvariantCulture, $"its values are torch's, {factor:G6} times as large"));
        }
        if (AlteredValues.Of(actual, expected, [.. tensor.Shape.Select(size => (int)size)], tensor.TypeOr(item.DType)) is { } altered)
        {
            return altered;
        }
        double cosine = ae / Math.Sqrt(aa * ee);
        return cosine > 0.2 && cosine > 8 / Math.Sqrt(actual.Length)
            ? (Cause.Trained, string.Create(CultureInfo.InvariantCulture, $"it was trained: it still points as torch's values do (cosine "
                + $"{cosine:0.###}), and moved by at most {farthest:G3}"
                + $"{(same.Any(item.Drawn.Contains) ? "; other tensors did not move" : "")}"))
            : null;
    }

    /// <summary>Another initialiser, which the values tell without torch's.</summary>
    (Cause Cause, string Said)? OfMatrix(TensorBuffer given, StreamSpan span) => _plan.Steps[span.Step] is not OrthogonalStep
        && OrthogonalBlocks.Of(given) is { } said ? (Cause.OtherInitialiser, $"it is another initialiser's: {said}") : null;

    bool Is(InitPlan plan, ParameterSpec tensor, TensorBuffer given, ulong from)
    {
        try
        {
            if (given.DType != tensor.TypeOr(item.DType)) { return false; }
            int count = Math.Min(given.Count, Beginning);
            Generator generator = new(from, plan.Profile);
            return plan.MaterializeSlice(tensor.Name, 0, count, generator, item.DType).Bytes(0, count).SequenceEqual(given.Bytes(0, count))
                && WholeDraw.IsOfPlan(plan, tensor.Name, item.DType, generator, given);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;       // that torch refuses it
        }
    }

    double[] Expected(ParameterSpec tensor) => Elements64.Of(Drawn(tensor));

    TensorBuffer Drawn(ParameterSpec tensor)
    {
        int count = (int)Math.Min(tensor.Count, MostElements);
        TensorBuffer expected = TensorBuffer.Zeros(tensor.TypeOr(item.DType), [count]);
        stream.Draw(tensor.Name, 0, expected.Bytes(0, count), new());
        return expected;
    }
}
