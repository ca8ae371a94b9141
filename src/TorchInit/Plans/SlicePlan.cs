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
        for (int i = plan.Steps.Count - 1; i >= 0; i--)
        {
            InitStep step = plan.Steps[i];
            if (!step.Writes.Contains(tensor)) { continue; }
            if (step.Target.Tensor != tensor) { return null; }
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

    /// <summary>All steps on the tensor since it was last covered, and on every tensor that they read.</summary>
    static SlicePlan Whole(InitPlan plan, string tensor)
    {
        HashSet<int> needed = [];
        HashSet<string> live = new(StringComparer.Ordinal) { tensor };
        for (int i = plan.Steps.Count - 1; i >= 0; i--)
        {
            InitStep step = plan.Steps[i];
            if (!step.Writes.Any(live.Contains)) { continue; }
            needed.Add(i);
            ViewLayout view = ViewLayout.Of(step.Target, [.. plan[step.Target.Tensor].Shape]);
            if (view.IsContiguous && view.Count == plan[step.Target.Tensor].Count) { live.Remove(step.Target.Tensor); }
            live.UnionWith(step.Reads);
        }
        return new(needed, needed.DefaultIfEmpty(-1).Max(), IsElementwise: false);
    }
}
