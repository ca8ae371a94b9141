namespace TorchInit.Parity;

/// <summary>The law of a tensor's contents before a step.</summary>
static class EarlierLaw
{
    /// <summary>Null if only part of what varies is asked for, if no step has written all of it, or if no law is known for it.</summary>
    public static Law? Of(InitPlan plan, InitStep before, StepTarget tensor, DType dtype, DType? floating)
        => Writer(plan, before, tensor.Tensor) is { CoversTensor: true } source
            && StepLaw.Of(Filling(source.Step), source.Layout, dtype, plan, floating) is { } law
            && (law is ConstantLaw || IsWhole(plan, tensor)) ? law : null;

    /// <summary>Given values that are all equal count as a fill.</summary>
    static InitStep Filling(InitStep step) => step is DataStep { Values: [var first, ..] values } && values.All(value => value == first)
        ? new FillStep(step.Target, first) : step;

    /// <summary>The step that wrote the tensor's memory last; null if none did.</summary>
    public static PlacedStep? Writer(InitPlan plan, InitStep before, string tensor)
    {
        int storage = plan.StorageOf(tensor);
        return plan.Placed.TakeWhile(placed => !ReferenceEquals(placed.Step, before))
            .LastOrDefault(placed => placed.Storage == storage);
    }

    /// <summary>Whether the two tensors share no draw; <paramref name="before"/>: of the steps before this one, or of all if it is
    /// null.</summary>
    public static bool AreIndependent(InitPlan plan, InitStep? before, string left, string right)
    {
        Dictionary<int, HashSet<int>> draws = [];
        foreach ((int at, PlacedStep placed) in plan.Placed.TakeWhile(placed => !ReferenceEquals(placed.Step, before)).Index())
        {
            HashSet<int> own = placed.Step is MapStep or CombineStep or CompareStep or CompareTensorsStep or CopyStep or ConvertStep
                or FillStep or DataStep ? [] : [at];
            own.UnionWith(placed.Step.Reads.SelectMany(name => draws.GetValueOrDefault(plan.StorageOf(name)) ?? []));
            foreach (int storage in placed.Step.Writes.Select(plan.StorageOf))
            {
                if (!placed.Replaces) { own.UnionWith(draws.GetValueOrDefault(storage) ?? []); }
                draws[storage] = own;
            }
        }
        return !(draws.GetValueOrDefault(plan.StorageOf(left)) ?? []).Overlaps(draws.GetValueOrDefault(plan.StorageOf(right)) ?? []);
    }

    static bool IsWhole(InitPlan plan, StepTarget tensor)
        => tensor.Shape is null || ViewLayout.Of(tensor, [.. plan[tensor.Tensor].Shape]) is { IsContiguous: true, Count: var count }
            && count == plan[tensor.Tensor].Count;
}
