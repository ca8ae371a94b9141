namespace TorchInit.Parity;

/// <summary>
/// Separates what is drawn from what is not: a running mean changes with the first batch, which says nothing about who drew the weights.
/// Draws are judged with torch's own values for the rest, and the verdict says what had changed.
/// </summary>
/// <param name="Weights">The weights, with torch's own values for all that is not drawn.</param>
/// <param name="Moved">The tensors that are not drawn and had other values.</param>
/// <param name="First">The first of their elements that differs.</param>
/// <param name="OnlyBuffers">Whether they are all buffers, which change when a model is used and are no sign of training.</param>
/// <param name="Fault">The first of them with values that no use gives; null for none.</param>
sealed record NotDrawn(StateDict Weights, IReadOnlyList<string> Moved, FirstDifference First, bool OnlyBuffers,
    (Cause Cause, string Said, FirstDifference First)? Fault)
{
    const int MostSaid = 4;

    /// <summary>Separates them; if nothing is drawn, nothing is separated.</summary>
    public static NotDrawn Of(DistributionCase item, StateDict weights)
    {
        HashSet<string> drawn = item.Drawn;
        if (drawn.Count == 0) { return new(weights, [], FirstDifference.None, true, null); }
        StateDict start = item.Plan.Materialize(new Generator(0, item.Plan.Profile), item.DType);
        StateDict restored = new();
        List<string> moved = [];
        FirstDifference first = FirstDifference.None;
        (Cause, string, FirstDifference)? fault = null;
        foreach ((string name, TensorBuffer tensor) in weights)
        {
            FirstDifference? difference = !drawn.Contains(name) && start.TryGetValue(name, out TensorBuffer? right)
                ? FirstDifference.Of(new() { { name, right } }, new() { { name, tensor } }) : null;
            restored.Add(name, difference is null ? tensor : start[name]);
            if (difference is null) { continue; }
            moved.Add(name);
            if (first == FirstDifference.None) { first = difference.Value; }
            if (fault is null && item.Plan[name].Kind == ParameterKind.Buffer && BufferFaults.Of(name, start[name], weights) is { } found)
            {
                fault = (found.Cause, found.Said, found.Element < 0 ? difference.Value : new(name, found.Element));
            }
        }
        return new(restored, moved, first, moved.TrueForAll(name => item.Plan[name].Kind == ParameterKind.Buffer), fault);
    }

    /// <summary>Turns a verdict on the draws into one on the weights.</summary>
    public Verdict With(Verdict verdict)
    {
        if (Moved.Count == 0) { return verdict; }
        if (Fault is { } fault)
        {
            return verdict.Judgement == Judgement.Deviates && !IsElsewhere(verdict.Cause)
                ? verdict with
                {
                    Explanation = $"{verdict.Explanation}; not drawn, but changed since the start: {Names(Moved)}; {fault.Said}",
                }
                : verdict with
                {
                    Judgement = Judgement.Deviates,
                    Cause = fault.Cause,
                    Explanation = $"{fault.Said}; the drawn tensors: {verdict.Explanation}",
                    First = fault.First,
                };
        }
        if (OnlyBuffers && (verdict.Judgement != Judgement.Deviates || IsElsewhere(verdict.Cause)))
        {
            return verdict with
            {
                Explanation = $"{verdict.Explanation}; buffers changed, as they do when a model is used: {Names(Moved)}",
            };
        }
        string said = $"not drawn, but changed since the start: {Names(Moved)}";
        return verdict.Judgement switch
        {
            // With values that are not finite, nothing else was judged.
            Judgement.Deviates when verdict.Cause == Cause.NotFinite => verdict,
            Judgement.Deviates when Moved.Contains(verdict.First.Tensor)
                => verdict with { Explanation = $"{verdict.Explanation}; no law of a drawn tensor is broken" },
            Judgement.Deviates when !IsElsewhere(verdict.Cause) => verdict with { Explanation = $"{verdict.Explanation}; {said}" },
            Judgement.SameBits or Judgement.Deviates => verdict with
            {
                Judgement = Judgement.Deviates,
                Cause = Cause.NotDrawn,
                Explanation = $"the drawn tensors: {verdict.Explanation}; {said}",
                First = First
            },
            _ => verdict with
            {
                Judgement = Judgement.Deviates,
                Cause = Cause.NotDrawn,
                Explanation = $"{said}; the drawn tensors: {verdict.Explanation}",
                First = First
            },
        };
    }

    /// <summary>Whether the draws are right elsewhere: then what was changed later is the deviation.</summary>
    static bool IsElsewhere(Cause cause)
        => cause is Cause.Platform or Cause.CpuMode or Cause.PlatformOrCpuMode or Cause.Era or Cause.Device;

    /// <summary>The first names, and how many more there are.</summary>
    public static string Names(IReadOnlyCollection<string> names)
        => string.Join(", ", names.Take(MostSaid).Select(name => name.Length == 0 ? "tensor" : name))
        + (names.Count > MostSaid ? $" and {names.Count - MostSaid} more" : "");
}
