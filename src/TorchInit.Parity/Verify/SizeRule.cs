namespace TorchInit.Parity;

/// <summary>Torch draws 16 or more normals in blocks and fewer one by one. This does the reverse: what a port draws that knows only one
/// of the two ways.</summary>
static class SizeRule
{
    /// <summary>Null if the plan draws no normals into whole float32 tensors.</summary>
    public static StateDict? Draw(InitPlan plan, ulong seed, DType dtype)
    {
        if (dtype != DType.Float32 || !plan.Steps.Any(step => step is NormalStep { Target.Shape: null })) { return null; }
        Generator generator = new(seed, plan.Profile);
        PlanTensors tensors = plan.Allocate(dtype);
        StepContext context = new(generator, tensors);
        foreach (PlacedStep placed in plan.Placed)
        {
            if (placed.Step is not NormalStep { Target.Shape: null } normal || tensors[placed.Storage].DType != DType.Float32)
            {
                context.Run(placed);
            }
            else { Other(tensors[placed.Storage].AsSpan<float>(), normal, generator); }
        }
        return tensors.State();
    }

    static void Other(Span<float> elements, NormalStep step, Generator generator)
    {
        if (elements.Length >= NormalFill.Block)
        {
            NormalFill.Fill(elements, step.Mean, step.Std, generator, contiguous: false);
            return;
        }
        Span<float> block = stackalloc float[NormalFill.Block];
        NormalFill.Fill(block, step.Mean, step.Std, generator, contiguous: true);
        block[..elements.Length].CopyTo(elements);
    }
}
