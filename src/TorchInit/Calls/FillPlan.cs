namespace TorchInit;

/// <summary>The plan of one operation on one tensor, which is called "".</summary>
static class FillPlan
{
    /// <param name="a">Bound arguments, one of which is <c>tensor</c>.</param>
    /// <param name="profile">The torch to follow.</param>
    /// <param name="write">Adds the operation; gets the target and its shape, which for a transposed tensor is the view's.</param>
    public static InitPlan Of(BoundArguments a, TorchProfile profile, Action<PlanBuilder, StepTarget, long[]> write)
    {
        TensorLiteral tensor = a.Tensor("tensor");
        PlanBuilder plan = new(profile);
        long[] memory = [.. tensor.Shape];
        if (!tensor.IsTransposed)
        {
            write(plan.Bare(memory), "", memory);
            InitPlan filled = plan.Build(a.Source.ToString());
            return a.TensorDType("tensor") is { } dtype ? filled.InDType(dtype) : filled;
        }
        // The view is filled where it lies; the result is read row by row of the view.
        long[] shape = [memory[1], memory[0]];
        StepTarget view = new("memory", 0, shape, [1, memory[1]]);
        write(plan.Bare(shape).Scratch("memory", memory), view, shape);
        return plan.Step(new CopyStep("", view)).Build(a.Source.ToString());
    }
}
