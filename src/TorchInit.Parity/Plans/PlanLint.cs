using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Checks a plan for common mistakes.</summary>
static class PlanLint
{
    const int MostNamed = 4;

    public static IEnumerable<PlanWarning> Of(InitPlan plan, DType dtype, ExplainedTensor[] tensors, StreamSpan[] stream)
        => [.. Unwritten(plan, stream), .. Draws(plan, tensors, stream), .. Constants(plan, tensors), .. Copies(plan),
            .. Order(plan, dtype, stream), .. Deviations(plan, tensors)];

    /// <summary>What the newest torch, and the same one on other platforms, draw differently.</summary>
    public static IEnumerable<string> Elsewhere(InitPlan plan, DType dtype)
    {
        if (plan.Profile.Gpu is not null) { yield break; }
        TorchProfile own = plan.Profile;
        TorchProfile newest = TorchProfile.For(TorchProfile.Versions[^1], own.Platform, own.Cpu) with
        {
            Erf = own.Erf,
            Lapack = own.Lapack,
        };
        IEnumerable<TorchProfile> platforms = Enum.GetValues<TorchPlatform>().Where(platform => platform != own.Platform)
            .Select(platform => TorchProfile.For($"{own.Version}", platform));
        foreach (TorchProfile other in platforms.Prepend(newest))
        {
            InitStep[] differing = [.. plan.Placed.Where(placed => StepRules.Of(placed, dtype, own) is var kind
                && StepRules.Answer(kind, own) != StepRules.Answer(kind, other)).Select(placed => placed.Step)];
            if (differing.Length == 0) { continue; }
            string[] operations = [.. differing.Select(step => $"{step}".Split('(')[0]).Distinct()];
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{other} has other bits in {differing.Length:N0} of {plan.Steps.Count:N0} steps: {Some(operations)}");
        }
    }

    static IEnumerable<PlanWarning> Unwritten(InitPlan plan, StreamSpan[] stream)
    {
        HashSet<int> written = [.. stream.Select(span => plan.Placed[span.Step].Storage)];
        string[] never = [.. plan.StateTensors.Where(tensor => tensor.Kind == ParameterKind.Parameter && tensor.Count > 0
            && !written.Contains(plan.StorageOf(tensor.Name))).Select(tensor => tensor.Name)];
        if (never.Length > 0)
        {
            yield return new(PlanWarningKind.NeverInitialised, $"{Count(never.Length, "parameter has", "parameters have")} no step: zero here,"
                + $" in torch whatever memory held: {Some(never)}", never);
        }
    }

    static IEnumerable<PlanWarning> Draws(InitPlan plan, ExplainedTensor[] tensors, StreamSpan[] stream)
    {
        string[] again = [.. tensors.Where(tensor => tensor.Draws > 1).Select(tensor => tensor.Tensor)];
        if (again.Length > 0)
        {
            yield return new(PlanWarningKind.DrawnAgain, $"{Count(again.Length, "tensor is", "tensors are")} drawn more than once: "
                + Some(again), again);
        }
        StreamSpan[] draws = [.. stream.Where(span => span.Words != 0)];
        StreamSpan[] wasted = [.. draws.Where(span => span.Fate != DrawFate.Kept)];
        if (wasted.Length == 0) { yield break; }
        Int128 all = Sum(draws), lost = Sum(wasted);
        string[] names = [.. wasted.Select(span => span.Tensor).Where(name => plan[name].Kind != ParameterKind.Scratch).Distinct()];
        string counted = plan.Profile.Gpu is null ? "the stream's words" : "what the offset moves";
        yield return new(PlanWarningKind.Wasted, string.Create(CultureInfo.InvariantCulture,
            $"{wasted.Length:N0} of {draws.Length:N0} draws are overwritten or thrown away, {100 * (double)lost / (double)all:0.#} % of "
                + $"{counted}: {draws.Length - wasted.Length:N0} would do"), names);

        static Int128 Sum(StreamSpan[] spans) => spans.Aggregate(Int128.Zero, (sum, span) => sum + (span.Words ?? 0));
    }

    static IEnumerable<PlanWarning> Constants(InitPlan plan, ExplainedTensor[] tensors)
    {
        ILookup<bool, string> constant = tensors.Where(tensor => tensor is { Shape.Count: > 1, Law: ConstantLaw }
            && plan[tensor.Tensor] is { Kind: ParameterKind.Parameter, Count: > 1 })
            .ToLookup(tensor => tensor.Law!.Mean == 0, tensor => tensor.Tensor);
        string[] zero = [.. constant[true]], other = [.. constant[false]];
        if (zero.Length > 0)
        {
            yield return new(PlanWarningKind.ZeroMatrix, $"{Count(zero.Length, "matrix is", "matrices are")} zero: {Some(zero)}", zero);
        }
        if (other.Length > 0)
        {
            yield return new(PlanWarningKind.ConstantMatrix, $"{Count(other.Length, "matrix is", "matrices are")} constant, so that all"
                + $" its units learn the same: {Some(other)}", other);
        }
    }

    static IEnumerable<PlanWarning> Copies(InitPlan plan)
    {
        var copies = from placed in plan.Placed
                     where placed.Step.Copied is not null && plan[placed.Step.Target.Tensor] is
                     {
                         Kind: ParameterKind.Parameter,
                         Shape.Count: > 1
                     }
                     group placed.Step.Target.Tensor by placed.Step.Copied!;
        foreach (IGrouping<StepTarget, string> group in copies)
        {
            // A saved source is one of the equal ones.
            string[] equal = [.. plan[group.Key.Tensor].Kind == ParameterKind.Scratch ? [] : (string[])[group.Key.Tensor], .. group];
            equal = [.. equal.Distinct()];
            if (equal.Length < 2) { continue; }
            yield return new(PlanWarningKind.IdenticalCopies, $"{equal.Length} tensors are copies of one draw, and so equal: {Some(equal)}",
                equal);
        }
        ParameterSpec[] tied = [.. plan.StateTensors.Where(tensor => tensor.SameAs is not null)];
        if (tied.Length > 0)
        {
            yield return new(PlanWarningKind.Tied, "Tied, one memory under two names: "
                + Some([.. tied.Select(tensor => $"{tensor.Name} = {tensor.SameAs}")]), [.. tied.Select(tensor => tensor.Name)]);
        }
    }

    static IEnumerable<PlanWarning> Order(InitPlan plan, DType dtype, StreamSpan[] stream)
    {
        Dictionary<string, int> place = new(StringComparer.Ordinal);
        foreach (ParameterSpec tensor in plan.StateTensors) { place.TryAdd(Top(tensor.Name), place.Count); }
        StreamSpan? latest = null;
        foreach (StreamSpan span in stream.Where(span => span is { Fate: DrawFate.Kept, Words: not 0 }))
        {
            if (!place.TryGetValue(Top(span.Tensor), out int at)) { continue; }
            if (latest is not null && at < place[Top(latest.Tensor)])
            {
                yield return new(PlanWarningKind.CoupledByOrder, $"{latest.Tensor} is drawn before {span.Tensor}, which precedes it:"
                    + $" another size of {Top(latest.Tensor)} changes every weight drawn after it", [latest.Tensor, span.Tensor]);
                break;
            }
            latest = span;
        }
        bool waits = false;
        string? leaver = null;
        foreach (PlacedStep placed in plan.Placed)
        {
            bool waited = waits;
            _ = placed.Words(dtype, plan.Profile, ref waits);
            bool takes = waited && placed.Step.KeepsNormal(placed.Layout, plan.Profile) && placed.Layout.Count > 0;
            if (takes && leaver is not null && leaver != placed.Step.Target.Tensor)
            {
                yield return new(PlanWarningKind.CoupledByOrder, $"{placed.Step.Target.Tensor} takes the second normal of a pair that"
                    + $" {leaver} left over: fewer than 16 elements are drawn in pairs", [leaver, placed.Step.Target.Tensor]);
                yield break;
            }
            if (waits && (!waited || takes)) { leaver = placed.Step.Target.Tensor; }
        }
    }

    static IEnumerable<PlanWarning> Deviations(InitPlan plan, ExplainedTensor[] tensors)
    {
        var far = from tensor in tensors
                  where tensor.Law is not (ConstantLaw or HaarEntryLaw) && tensor.StandardDeviation is not null
                      && plan[tensor.Tensor].Kind == ParameterKind.Parameter
                  let nearest = KnownSchemes.NearestIfFar(tensor.StandardDeviation!.Value, tensor.Shape)
                  where nearest is not null
                  group tensor.Tensor by (Own: $"{tensor.StandardDeviation:G3}", nearest.Value.Name, Of: $"{nearest.Value.Deviation:G3}",
                      Factor: nearest.Value.Factor >= 1 ? $"{nearest.Value.Factor:0.#} times as wide"
                          : $"{1 / nearest.Value.Factor:0.#} times narrower");
        foreach (var group in far)
        {
            string[] names = [.. group];
            yield return new(PlanWarningKind.UnusualDeviation, $"A standard deviation of {group.Key.Own} is far from every known scheme; the"
                + $" nearest is {group.Key.Name} = {group.Key.Of}, and it is {group.Key.Factor}: {Some(names)}", names);
        }
    }

    static string Top(string name) => name.Split('.')[0];

    static string Count(int number, string one, string many)
        => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many)}");

    static string Some(string[] names) => string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? ", …" : "");
}
