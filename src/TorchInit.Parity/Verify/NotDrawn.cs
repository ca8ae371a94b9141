namespace TorchInit.Parity;

/// <summary>
/// Weights with what is not drawn set apart: a running mean moves with the first batch, and that says nothing of who drew the weights.
/// Draws are judged beside torch's own values of the rest, and what had moved is said with the verdict.
/// </summary>
/// <param name="Weights">The weights, with torch's own values in all that is not drawn.</param>
/// <param name="Moved">The tensors that are not drawn and had other values.</param>
/// <param name="First">The first of their elements that differs.</param>
/// <param name="OnlyBuffers">Whether they all are buffers, which move when a model is used and say nothing of training.</param>
sealed record NotDrawn(StateDict Weights, IReadOnlyList<string> Moved, FirstDifference First, bool OnlyBuffers)
{
    const int MostSaid = 4;

    /// <summary>Sets them apart; nothing is set apart where nothing is drawn.</summary>
    public static NotDrawn Of(DistributionCase item, StateDict weights)
    {
        HashSet<string> drawn = item.Drawn;
        if (drawn.Count == 0) { return new(weights, [], FirstDifference.None, true); }
        StateDict start = item.Plan.Materialize(new Generator(0, item.Plan.Profile), item.DType);
        StateDict restored = new();
        List<string> moved = [];
        FirstDifference first = FirstDifference.None;
        foreach ((string name, TensorBuffer tensor) in weights)
        {
            FirstDifference? difference = !drawn.Contains(name) && start.TryGetValue(name, out TensorBuffer? right)
                ? FirstDifference.Of(new() { { name, right } }, new() { { name, tensor } }) : null;
            restored.Add(name, difference is null ? tensor : start[name]);
            if (difference is null) { continue; }
            moved.Add(name);
            if (first == FirstDifference.None) { first = difference.Value; }
        }
        return new(restored, moved, first, moved.TrueForAll(name => item.Plan[name].Kind == ParameterKind.Buffer));
    }

    /// <summary>A verdict on the draws becomes one on the weights.</summary>
    public Verdict With(Verdict verdict)
    {
        if (Moved.Count == 0) { return verdict; }
        if (OnlyBuffers && verdict.Judgement != Judgement.Deviates)
        {
            return verdict with
            {
                Explanation = $"{verdict.Explanation}; buffers moved, as they do when a model is used: {Names(Moved)}",
            };
        }
        string said = $"not drawn, and not as at the start: {Names(Moved)}";
        return verdict.Judgement switch
        {
            // Before what is not finite, nothing else was judged.
            Judgement.Deviates when verdict.Cause == Cause.NotFinite => verdict,
            Judgement.Deviates when Moved.Contains(verdict.First.Tensor)
                => verdict with { Explanation = $"{verdict.Explanation}; no law of a drawn tensor is broken" },
            Judgement.Deviates => verdict with { Explanation = $"{verdict.Explanation}; {said}" },
            Judgement.SameBits => verdict with
            {
                Judgement = Judgement.Deviates,
                Cause = Cause.NotDrawn,
                Explanation = $"of what is drawn, {verdict.Explanation}; {said}",
                First = First
            },
            _ => verdict with
            {
                Judgement = Judgement.Deviates,
                Cause = Cause.NotDrawn,
                Explanation = $"{said}; of what is drawn, {verdict.Explanation}",
                First = First
            },
        };
    }

    /// <summary>Some names, and whether there are more.</summary>
    public static string Names(IReadOnlyCollection<string> names)
        => string.Join(", ", names.Take(MostSaid).Select(name => name.Length == 0 ? "tensor" : name))
        + (names.Count > MostSaid ? $" and {names.Count - MostSaid} more" : "");
}
