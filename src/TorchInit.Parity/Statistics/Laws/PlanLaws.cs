namespace TorchInit.Parity;

/// <summary>Theory from the plan: the law of each element of each tensor, derived from the step that wrote it last. Nothing is entered by
/// hand.</summary>
public static class PlanLaws
{
    // With more parts, each has too few values to test.
    const int MostParts = 64;

    /// <summary>The regions of all saved floating tensors, and of drawn whole numbers, in state-dict
    /// order.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="dtype">The floating dtype of the weights.</param>
    public static IReadOnlyList<LawRegion> Of(InitPlan plan, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [.. plan.StateTensors.Where(tensor
            => tensor.Count > 0).SelectMany(tensor => Regions(plan, tensor, dtype))
            .Where(region => plan[region.Tensor].TypeOr(dtype).IsFloatingPoint() || region.Law is not (null or ConstantLaw))];
    }

    static IEnumerable<LawRegion> Regions(InitPlan plan, ParameterSpec tensor, DType floating)
    {
        DType dtype = tensor.TypeOr(floating);
        bool[]? taken = null;
        long left = tensor.Count;
        foreach ((InitStep step, _, int storage, ViewLayout target) in plan.Placed.Reverse())
        {
            if (left == 0) { break; }
            if (!plan.Writes(step, tensor.Name)) { continue; }
            ViewLayout layout = storage == plan.StorageOf(tensor.Name) ? target : ViewLayout.Of(tensor.Name, [.. tensor.Shape]);
            if (taken is null && layout.Count == tensor.Count)
            {
                if (DrawLaw.Parts(step, layout, plan)?.Take(MostParts + 1).ToArray() is { Length: > 1 and <= MostParts } parts)
                {
                    foreach ((int[] positions, Law law) in parts) { yield return new(tensor.Name, law, step.ToString(), positions); }
                    yield break;
                }
                yield return new(tensor.Name, StepLaw.Of(step, layout, dtype, plan, floating), step.ToString(),
                    CopyOf: CopiedTensors.Original(plan, step, tensor.Name));
                yield break;
            }
            taken ??= new bool[tensor.Count];
            int[] written = [.. layout.LogicalOrder().Select(position => (int)position).Where(position => !taken[position]).Order()];
            if (written.Length == 0) { continue; }
            foreach (int position in written) { taken[position] = true; }
            left -= written.Length;
            yield return new(tensor.Name, StepLaw.Of(step, layout, dtype, plan, floating), step.ToString(), written, step.Copied?.Tensor);
        }
        if (taken is null) { yield return new(tensor.Name, new ConstantLaw(0), "zeros"); }
        else if (left > 0)
        {
            yield return new(tensor.Name, new ConstantLaw(0), "zeros",
                [.. Enumerable.Range(0, taken.Length).Where(position => !taken[position])]);
        }
    }
}
