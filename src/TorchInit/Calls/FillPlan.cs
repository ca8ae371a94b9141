namespace TorchInit;

/// <summary>The plan of one operation on one tensor, named "".</summary>
static class FillPlan
{
    /// <param name="a">The bound arguments, one of which is <c>tensor</c>.</param>
    /// <param name="profile">The torch to follow.</param>
    /// <param name="write">Adds the operation for a target and its shape, which for a transposed tensor is the view's.</param>
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
        // The view's memory is filled in place; the result is read in the view's row-major order.
        long[] shape = [memory[1], memory[0]];
        StepTarget view = new("memory", 0, shape, [1, memory[1]]);
        write(plan.Bare(shape).Scratch("memory", memory), view, shape);
        return plan.Step(new CopyStep("", view)).Build(a.Source.ToString());
    }
}
