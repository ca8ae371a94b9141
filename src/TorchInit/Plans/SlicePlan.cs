namespace TorchInit;

/// <summary>Which steps of a plan a slice of one tensor depends on.</summary>
/// <param name="Needed">Their indices.</param>
/// <param name="Last">The last of them; −1 where the tensor keeps its zeros.</param>
/// <param name="IsElementwise">Each needed step makes every element on its own, so that the slice needs no others.</param>
sealed record SlicePlan(IReadOnlySet<int> Needed, int Last, bool IsElementwise)
{
    public static SlicePlan Of(InitPlan plan, string tensor) => Elementwise(plan, tensor) ?? Whole(plan, tensor);

    /// <summary>Uniforms, block normals and constants on contiguous views, back to one that covers the tensor; a copy leads over to its source.</summary>
    static SlicePlan? Elementwise(InitPlan plan, string tensor)
    {
        HashSet<int> needed = [];
        for (int i = LastWriter(plan, tensor, plan.Steps.Count); i >= 0; i = LastWriter(plan, tensor, i))
        {
            InitStep step = plan.Steps[i];
            if (step.Target.Tensor != tensor) { return null; }           // written beside the target
            ViewLayout view = ViewLayout.Of(step.Target, [.. plan[tensor].Shape]);
            bool covers = view.IsContiguous && view.Count == plan[tensor].Count;
            if (step is CopyStep copy && covers && ViewLayout.Of(copy.Source, [.. plan[copy.Source.Tensor].Shape]) is { IsContiguous: true } source && source.Count == plan[copy.Source.Tensor].Count)
            {
                tensor = copy.Source.Tensor;
                continue;
            }
            bool elementwise = view.IsContiguous && (step is FillStep || step is IDraw draw && draw.Grain(view) > 0);
            if (!elementwise) { return null; }
            needed.Add(i);
            if (covers) { break; }
        }
        return new(needed, needed.DefaultIfEmpty(-1).Max(), IsElementwise: true);
    }

    /// <summary>All steps on the tensor since it was last covered, and on every tensor that they read: from the last step back, those of live tensors only.</summary>
    static SlicePlan Whole(InitPlan plan, string tensor)
    {
        HashSet<int> needed = [];
        HashSet<string> live = new(StringComparer.Ordinal);
        PriorityQueue<int, int> steps = new();
        Live(tensor, plan.Steps.Count);
        while (steps.TryDequeue(out int i, out _))
        {
            InitStep step = plan.Steps[i];
            if (!step.Writes.Any(live.Contains) || !needed.Add(i)) { continue; }
            ViewLayout view = ViewLayout.Of(step.Target, [.. plan[step.Target.Tensor].Shape]);
            if (view.IsContiguous && view.Count == plan[step.Target.Tensor].Count) { live.Remove(step.Target.Tensor); }
            foreach (string name in step.Writes.Where(live.Contains)) { Next(name, i); }
            foreach (string name in step.Reads) { Live(name, i); }
        }
        return new(needed, needed.DefaultIfEmpty(-1).Max(), IsElementwise: false);

        void Live(string name, int before)
        {
            if (live.Add(name)) { Next(name, before); }
        }

        void Next(string name, int before)
        {
            int step = LastWriter(plan, name, before);
            if (step >= 0) { steps.Enqueue(step, -step); }
        }
    }

    /// <summary>The last step before <paramref name="before"/> that writes the tensor; −1 for none.</summary>
    static int LastWriter(InitPlan plan, string tensor, int before)
    {
        IReadOnlyList<int> writers = plan.Writers(tensor);
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
