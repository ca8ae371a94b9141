namespace TorchInit;

/// <summary>The steps of a plan that a slice of one tensor depends on.</summary>
/// <param name="Needed">Their indices, ascending.</param>
/// <param name="IsElementwise">Whether each needed step makes every element separately, so that the slice needs no other elements.</param>
sealed record SlicePlan(IReadOnlyList<int> Needed, bool IsElementwise)
{
    /// <summary>The last of them; −1 if the tensor stays zero.</summary>
    public int Last => Needed.Count == 0 ? -1 : Needed[^1];

    public static SlicePlan Of(InitPlan plan, string tensor)
        => Elementwise(plan, plan.StorageOf(tensor)) ?? Whole(plan, plan.StorageOf(tensor), plan.Steps.Count);

    /// <summary>The steps that determine a tensor as the step <paramref name="before"/> finds it.</summary>
    public static IReadOnlyList<int> NeededBefore(InitPlan plan, string tensor, int before)
        => Whole(plan, plan.StorageOf(tensor), before).Needed;

    /// <summary>Fills of contiguous views that can be cut, and arithmetic on their elements, back to a fill that covers the tensor; a copy
    /// continues at its source. Null if other steps are involved.</summary>
    static SlicePlan? Elementwise(InitPlan plan, int storage)
    {
        List<int> needed = [];
        for (int i = LastWriter(plan, storage, plan.Steps.Count); i >= 0; i = LastWriter(plan, storage, i))
        {
            PlacedStep placed = plan.Placed[i];
            if (placed.Storage != storage) { return null; }              // written in addition to the step's target
            if (placed.Replaces && placed.Step.Copied is { } source && plan.Covers(source))
            {
                storage = plan.StorageOf(source.Tensor);
                continue;
            }
            if (placed.Step is MapStep && placed.Layout.IsContiguous)
            {
                needed.Add(i);
                continue;
            }
            if (placed.Step.FillBy(plan.Profile.Fills) is not { } fill || fill.Rule.Grain(placed.Layout.Extent) == 0) { return null; }
            needed.Add(i);
            if (placed.CoversTensor) { break; }
        }
        needed.Reverse();
        return new(needed, IsElementwise: true);
    }

    /// <summary>All steps on the tensor since it was last replaced, and on every tensor that they read: backwards from the last step,
    /// visiting only writers of live tensors.</summary>
    static SlicePlan Whole(InitPlan plan, int storage, int before)
    {
        SortedSet<int> needed = [];
        HashSet<int> live = [];
        PriorityQueue<int, int> steps = new();
        Live(storage, before);
        while (steps.TryDequeue(out int i, out _))
        {
            PlacedStep placed = plan.Placed[i];
            int[] writes = [.. placed.Step.Writes.Select(plan.StorageOf)];
            if (!writes.Any(live.Contains) || !needed.Add(i)) { continue; }
            if (placed.CoversTensor) { live.Remove(placed.Storage); }
            foreach (int written in writes.Where(live.Contains)) { Next(written, i); }
            foreach (string name in placed.Step.Reads) { Live(plan.StorageOf(name), i); }
        }
        return new([.. needed], IsElementwise: false);

        void Live(int read, int end)
        {
            if (live.Add(read)) { Next(read, end); }
        }

        void Next(int written, int end)
        {
            int step = LastWriter(plan, written, end);
            if (step >= 0) { steps.Enqueue(step, -step); }
        }
    }

    /// <summary>The last step before <paramref name="before"/> that writes the storage; −1 for none.</summary>
    static int LastWriter(InitPlan plan, int storage, int before)
    {
        IReadOnlyList<int> writers = plan.Writers(storage);
        int low = 0;
        for (int high = writers.Count; low < high;)
        {
            int middle = (low + high) / 2;
            if (writers[middle] < before) { low = middle + 1; }
            else { high = middle; }
        }
        return low == 0 ? -1 : writers[low - 1];
    }
}
