namespace TorchInit;

public sealed partial class InitPlan
{
    /// <summary>Loads a plan from a file: a recording, or what <see cref="PlanJson.Save"/> wrote.</summary>
    /// <param name="path">The file; it may be untrusted.</param>
    /// <exception cref="InvalidDataException">The file is not a plan; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static InitPlan Load(string path) => PlanJson.Load(path);

    /// <summary>The same steps for another torch, if that torch draws every one of them with the same bits.</summary>
    /// <param name="profile">The other torch. Whether its own constructor makes the same steps is not checked.</param>
    /// <param name="dtype">The floating type that the plan will run with; other types may differ.</param>
    /// <exception cref="ArgumentException">That torch draws a step differently, or refuses it; the message names the step.</exception>
    public InitPlan Retarget(TorchProfile profile, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(profile);
        Materializer.CheckFloating(dtype);
        if (profile == Profile) { return this; }
        foreach ((PlacedStep placed, int at) in Placed.Concat(PlacedResets ?? []).Select((placed, at) => (placed, at)))
        {
            RuleKind kind = StepRules.Of(placed, dtype, Profile);
            if (StepRules.Answer(kind, Profile) != StepRules.Answer(kind, profile))
            {
                string number = at < Placed.Count ? $"step {at + 1}" : $"step {at - Placed.Count + 1} of the reset";
                throw new ArgumentException($"{number}, {placed.Step}, has other bits in {profile} than in {Profile}, the plan's torch;"
                    + $" allowed: {string.Join("; ", SameOn(dtype))}.", nameof(profile));
            }
        }
        return new(Title, profile, Tensors, Steps, ResetSteps) { Facts = Facts, ResetWarnings = ResetWarnings };
    }

    /// <summary>The torch versions that draw every step with the same bits, for example <c>torch 2.1 to 2.11 linux-x64 avx2</c>; the plan's
    /// own first.</summary>
    /// <param name="dtype">The floating type that the plan will run with.</param>
    /// <remarks>This covers official wheels, and the plan's own erf and LAPACK on the plan's own platform. Whether the constructors of
    /// those versions make the same steps is not checked.</remarks>
    public IReadOnlyList<string> SameOn(DType dtype = DType.Float32)
    {
        Materializer.CheckFloating(dtype);
        RuleKind[] kinds = [.. Placed.Concat(PlacedResets ?? []).Select(placed => StepRules.Of(placed, dtype, Profile)).Distinct()];
        if (Profile.Gpu is not null) { return [Profile.ToString()]; }
        List<string> spans = [];
        foreach ((TorchPlatform platform, CpuCapability cpu) in Elsewhere())
        {
            bool isOwn = platform == Profile.Platform && cpu == Profile.Cpu;
            string? first = null, last = null;
            foreach (string version in (string[])[.. TorchProfile.Versions, ""])
            {
                if (version.Length > 0 && IsSame(version, platform, cpu))
                {
                    (first, last) = (first ?? version, version);
                    continue;
                }
                if (first is null) { continue; }
                string where = TorchProfile.For(last!, platform, cpu).ToString()[$"torch {last}".Length..];
                spans.Add($"torch {(first == last ? first : $"{first} to {last}")}{where}");
                first = null;
            }

            bool IsSame(string version, TorchPlatform platform, CpuCapability cpu)
            {
                TorchProfile other = TorchProfile.For(version, platform, cpu);
                if (isOwn) { other = other with { Erf = Profile.Erf, Lapack = Profile.Lapack }; }
                return Array.TrueForAll(kinds, kind => StepRules.Answer(kind, other) == StepRules.Answer(kind, Profile));
            }
        }
        return spans;
    }

    /// <summary>Platforms and CPU kernels, the plan's own first.</summary>
    IEnumerable<(TorchPlatform Platform, CpuCapability Cpu)> Elsewhere()
        => Enum.GetValues<TorchPlatform>().SelectMany(platform => Enum.GetValues<CpuCapability>()
            .Select(cpu => (Platform: platform, TorchProfile.For("2.10", platform, cpu).Cpu))).Prepend((Profile.Platform, Profile.Cpu))
            .Distinct();
}
