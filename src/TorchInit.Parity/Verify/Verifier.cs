namespace TorchInit.Parity;

/// <summary>
/// A judge for other people's weights. Bits first: the plan's own, then those of every known mistake. Laws second: all detectors at a common false alarm of
/// 10⁻⁶. What fits none, or more than one, is said to be unknown; it is never guessed.
/// </summary>
public static class Verifier
{
    const double Total = 1e-6;
    const double Enough = 0.25;

    /// <summary>Judges weights.</summary>
    /// <param name="weights">Named as in torch's state dict; a single tensor may have the name "".</param>
    /// <param name="item">What they should be; its dtype is theirs.</param>
    /// <param name="seed">The seed that they should be drawn from; null where it is not known.</param>
    public static Verdict Judge(StateDict weights, DistributionCase item, ulong? seed = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(item);
        ParameterSpec[] wanted = [.. item.Plan.StateTensors];
        if (Misfit(weights, wanted, out StateDict named) is { } misfit) { return misfit; }
        StateDict? right = seed is { } known ? item.Plan.Materialize(new Generator(known, item.Plan.Profile), item.DType) : null;
        if (right is not null && Differs(right, named) is null) { return new(Judgement.SameBits, Cause.None, $"every bit is what {item.Plan.Profile} draws from seed {seed}"); }
        (string Tensor, long Element) first = right is null ? ("", -1) : Differs(right, named)!.Value;
        foreach ((Cause cause, string said, StateDict drawn) in BitHypotheses.All(item, seed))
        {
            if (Differs(drawn, named) is not null) { continue; }
            if (seed is null) { return new(Judgement.SameBits, Cause.None, said); }
            string[] alike = [.. cause is Cause.Era or Cause.Platform or Cause.CpuMode ? BitHypotheses.Profiles(item, seed.Value).Where(other => Differs(other.Drawn, named) is null).Select(other => other.Said) : [said]];
            return new(Judgement.Deviates, cause, string.Join("; and ", alike.Take(6)), first.Tensor, first.Element);
        }
        return ByLaw(named, item, seed, first);
    }

    static Verdict ByLaw(StateDict weights, DistributionCase item, ulong? seed, (string Tensor, long Element) first)
    {
        AlphaBudget budget = new(Total, item.Tests, Total);
        Examination found = Examination.Of(item, [new(weights, [])], long.MaxValue, budget);
        if (Copies(item, weights) is { } pair) { return new(Judgement.Deviates, Cause.Copied, $"{pair.Left} and {pair.Right} are equal; torch draws each", pair.Right, 0, found.Accusations); }
        RegionFindings? accused = found.Regions.FirstOrDefault(region => region.Accusations.Any());
        if (accused is not null)
        {
            (Cause Cause, string Said) why = LawHypotheses.Of(accused.Sample!, item.Plan[accused.Region.Tensor], budget);
            return new(Judgement.Deviates, why.Cause, $"{accused.Region.Tensor} is not {accused.Region.Law}: {why.Said}", accused.Region.Tensor, first.Tensor == accused.Region.Tensor ? first.Element : -1, found.Accusations);
        }
        if (found.Accusations.Count > 0) { return new(Judgement.Deviates, Cause.Unknown, found.Accusations[0], first.Tensor, first.Element, found.Accusations); }
        Finding[] distances = [.. found.Regions.SelectMany(region => region.Findings).Where(finding => finding.Unit == "sup |F − G|")];
        string[] evidence = [.. found.Regions.SelectMany(region => region.Findings.Where(finding => finding.Unit == "sup |F − G|").Select(finding => $"{region.Region}: {finding}"))];
        if (seed is not null) { return new(Judgement.CannotTell, Cause.Unknown, $"not the bits of seed {seed}, and of no known mistake; no law is broken", first.Tensor, first.Element, evidence); }
        return distances.Length > 0 && distances.Min(finding => finding.SmallestDifference) <= Enough
            ? new(Judgement.SameDistribution, Cause.None, $"no test accuses; a sup-distance of {distances.Min(finding => finding.SmallestDifference):0.000} would have been seen", Evidence: evidence)
            : new(Judgement.CannotTell, Cause.Unknown, "too few random values to tell anything", Evidence: evidence);
    }

    static Verdict? Misfit(StateDict weights, ParameterSpec[] wanted, out StateDict named)
    {
        named = weights;
        if (weights.Count == 1 && wanted.Length == 1 && weights.Keys.Single() is var only && only != wanted[0].Name) { named = new() { { wanted[0].Name, weights[only] } }; }
        foreach (ParameterSpec tensor in wanted)
        {
            if (!named.TryGetValue(tensor.Name, out TensorBuffer? given)) { return new(Judgement.Deviates, Cause.MissingTensor, $"{tensor} is not there; there are: {string.Join(", ", named.Keys.Take(20))}", tensor.Name); }
            if (!given.Shape.SequenceEqual(tensor.Shape))
            {
                bool transposed = given.Shape.Reverse().SequenceEqual(tensor.Shape);
                return new(Judgement.Deviates, Cause.Shape, $"{tensor.Name} is {TensorShape.Text([.. given.Shape])}; torch has {TensorShape.Text([.. tensor.Shape])}{(transposed ? ": the same sizes, transposed" : "")}", tensor.Name);
            }
        }
        return null;
    }

    static (string Left, string Right)? Copies(DistributionCase item, StateDict weights)
    {
        LawRegion[] random = [.. item.Regions.Where(region => region is { CopyOf: null, Positions: null, Law: not null and not ConstantLaw } && item.Plan[region.Tensor].Count >= 4)];
        for (int i = 0; i < random.Length; i++)
        {
            double[] left = Elements64.Of(weights[random[i].Tensor]);
            if (left.All(value => value == left[0])) { continue; }
            for (int j = i + 1; j < random.Length; j++)
            {
                if (left.AsSpan().SequenceEqual(Elements64.Of(weights[random[j].Tensor]))) { return (random[i].Tensor, random[j].Tensor); }
            }
        }
        return null;
    }

    /// <summary>The first element whose bits differ, in the order of the state dict.</summary>
    static (string Tensor, long Element)? Differs(StateDict right, StateDict given)
    {
        foreach ((string name, TensorBuffer tensor) in right)
        {
            TensorBuffer other = given[name];
            if (other.DType != tensor.DType) { return (name, 0); }
            BitComparison comparison = BitComparison.Of(tensor.DType, tensor.Bytes(0, tensor.Count), other.Bytes(0, other.Count));
            if (comparison.Differing > 0) { return (name, comparison.FirstIndex); }
        }
        return null;
    }
}
