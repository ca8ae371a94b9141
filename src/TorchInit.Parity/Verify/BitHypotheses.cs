namespace TorchInit.Parity;

/// <summary>Other ways to draw the same tensors, each a known mistake. Weights that have all bits of one were drawn that way.</summary>
static class BitHypotheses
{
    const int FarthestOffset = 32;
    const int MostBoundaries = 8;
    const int UsualSeeds = 1024;
    const long MostElements = 4_000_000;

    static readonly ulong[] s_favourites = [1234, 12345, 1337, 2023, 2024, 2025, 2026, 3407, 31337, 123456, 1234567, 0xDEADBEEF, Generator.DefaultSeed];

    /// <summary>Cause, how it is said, and what it would have drawn; cheap ones first.</summary>
    public static IEnumerable<(Cause Cause, string Said, StateDict Drawn)> All(DistributionCase item, ulong? seed)
    {
        InitPlan plan = item.Plan;
        long elements = plan.Tensors.Sum(tensor => tensor.Count);
        if (elements > MostElements) { yield break; }
        if (seed is { } known)
        {
            foreach ((Cause Cause, string Said, StateDict Drawn) profile in Profiles(item, known)) { yield return profile; }
            foreach (DType other in CaseTable.DTypes.Where(other => other != item.DType))
            {
                if (Draw(plan, plan.Steps, new(known, plan.Profile), other) is { } drawn) { yield return (Cause.DType, $"drawn in {other.TorchName()}, then cast to {item.DType.TorchName()}", Cast(drawn, item.DType)); }
            }
            if (SizeRule.Draw(plan, known, item.DType) is { } sized) { yield return (Cause.SizeRule, "normals of 16 elements or more were drawn one by one, or of fewer by blocks of 16", sized); }
            foreach (InitStep[] order in Orders(plan.Steps))
            {
                if (Draw(plan, order, new(known, plan.Profile), item.DType) is { } drawn) { yield return (Cause.Order, $"drawn in another order: {order.First(step => step is not FillStep)} first where torch has {plan.Steps.First(step => step is not FillStep)}", drawn); }
            }
            foreach ((string said, StateDict drawn) in Offsets(plan, known, item.DType)) { yield return (Cause.ExtraOrMissingDraws, said, drawn); }
        }
        foreach (ulong other in Enumerable.Range(0, UsualSeeds).Select(usual => (ulong)usual).Concat(s_favourites).Where(other => other != seed))
        {
            if (Draw(plan, plan.Steps, new(other, plan.Profile), item.DType) is { } drawn) { yield return (Cause.Seed, $"these are the bits of seed {other}", drawn); }
        }
    }

    /// <summary>Every other torch, platform and kind of kernels.</summary>
    public static IEnumerable<(Cause Cause, string Said, StateDict Drawn)> Profiles(DistributionCase item, ulong seed)
    {
        TorchProfile own = item.Plan.Profile;
        foreach (TorchProfile profile in Profiles(own))
        {
            if (Draw(item.Expression, profile, seed, item.DType) is not { } drawn) { continue; }
            Cause cause = profile.Version != own.Version ? Cause.Era : profile.Platform != own.Platform ? Cause.Platform : Cause.CpuMode;
            yield return (cause, $"these are the bits of {profile}, not of {own}", drawn);
        }
    }

    static IEnumerable<TorchProfile> Profiles(TorchProfile own)
        => from version in new[] { own.Version.ToString(), "2.15", "2.13", "2.12", "2.11", "2.8", "2.1", "2.0", "1.13" }.Distinct()
           from platform in Enum.GetValues<TorchPlatform>()
           from cpu in Enum.GetValues<CpuCapability>()
           let profile = TorchProfile.For(version, platform, cpu)
           where profile != own
           select profile;

    static IEnumerable<InitStep[]> Orders(IReadOnlyList<InitStep> steps)
    {
        if (steps.Count < 2) { yield break; }
        yield return [.. steps.Reverse()];
        for (int at = 0; at + 1 < steps.Count && at < 4 * MostBoundaries; at++)
        {
            InitStep[] swapped = [.. steps];
            (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
            yield return swapped;
        }
    }

    /// <summary>Up to 32 words more or fewer, before each of the first steps.</summary>
    static IEnumerable<(string Said, StateDict Drawn)> Offsets(InitPlan plan, ulong seed, DType dtype)
    {
        IReadOnlyList<long?> words = plan.WordsOfSteps(dtype);
        for (int boundary = 0; boundary < Math.Min(plan.Steps.Count, MostBoundaries); boundary++)
        {
            if (words[boundary] is null) { yield break; }
            if (words[boundary] == 0) { continue; }
            long before = words.Take(boundary).Sum(count => count ?? 0);
            for (int offset = -FarthestOffset; offset <= FarthestOffset; offset++)
            {
                if (offset == 0 || before + offset < 0) { continue; }
                Dictionary<string, TensorBuffer> tensors = plan.Tensors.ToDictionary(tensor => tensor.Name, tensor => TensorBuffer.Zeros(tensor.DType ?? dtype, [.. tensor.Shape]));
                Generator first = new(seed, plan.Profile);
                StepContext context = new(first, name => tensors[name]);
                foreach (InitStep step in plan.Steps.Take(boundary)) { context.Run(step); }
                Generator moved = new(seed, plan.Profile);
                moved.Advance(before + offset);
                StepContext rest = new(moved, name => tensors[name]);
                foreach (InitStep step in plan.Steps.Skip(boundary)) { rest.Run(step); }
                StateDict drawn = new();
                foreach (ParameterSpec tensor in plan.StateTensors) { drawn.Add(tensor.Name, tensors[tensor.Name]); }
                yield return ($"{Math.Abs(offset)} word{(Math.Abs(offset) == 1 ? "" : "s")} of the generator {(offset > 0 ? "taken that torch does not take" : "too few taken")} before {plan.Steps[boundary].Target}", drawn);
            }
        }
    }

    static StateDict? Draw(string expression, TorchProfile profile, ulong seed, DType dtype)
    {
        try
        {
            return InitPlan.Of(expression, profile).Materialize(new Generator(seed, profile), dtype);
        }
        catch (Exception error) when (error is ArgumentException or NotInThisTorchException or TorchExpressionException)
        {
            return null;    // that torch does not have it
        }
    }

    static StateDict? Draw(InitPlan plan, IReadOnlyList<InitStep> steps, Generator generator, DType dtype)
    {
        try
        {
            return new InitPlan(plan.Title, plan.Profile, plan.Tensors, steps).Materialize(generator, dtype);
        }
        catch (ArgumentException)
        {
            return null;    // torch refuses this dtype
        }
    }

    internal static StateDict Cast(StateDict tensors, DType dtype)
    {
        StateDict cast = new();
        foreach ((string name, TensorBuffer tensor) in tensors) { cast.Add(name, tensor.DType.IsFloatingPoint() ? Cast(tensor, dtype) : tensor); }
        return cast;
    }

    static TensorBuffer Cast(TensorBuffer tensor, DType dtype)
    {
        double[] values = Elements64.Of(tensor);
        long[] shape = [.. tensor.Shape];
        return dtype switch
        {
            DType.Float32 => TensorBuffer.Of([.. values.Select(value => (float)value)], shape),
            DType.Float64 => TensorBuffer.Of(values, shape),
            DType.Float16 => TensorBuffer.Of([.. values.Select(Elements.FromDouble<Half>)], shape),
            _ => TensorBuffer.Of([.. values.Select(Elements.FromDouble<BFloat16>)], shape),
        };
    }
}
