namespace TorchInit.Parity;

/// <summary>Tensors that are copies of one source, such as the layers of an encoder: the layer they copy is not saved itself.</summary>
static class CopiedTensors
{
    /// <summary>The saved tensor whose values a step repeats: its source, or, if that is not saved, the first copy of the same values. Null
    /// if the step copies nothing, or writes that first copy.</summary>
    public static string? Original(InitPlan plan, InitStep step, string target)
    {
        if (step.Copied is not { } source) { return null; }
        if (plan[source.Tensor].Kind != ParameterKind.Scratch || source.Shape is not null) { return source.Tensor; }
        PlacedStep? writer = EarlierLaw.Writer(plan, step, source.Tensor);
        foreach (ParameterSpec tensor in plan.StateTensors)
        {
            if (plan.Placed.LastOrDefault(placed => placed.Storage == plan.StorageOf(tensor.Name)) is { CoversTensor: true } last
                && last.Step.Copied == source && EarlierLaw.Writer(plan, last.Step, source.Tensor) == writer)
            {
                return tensor.Name == target ? null : tensor.Name;
            }
        }
        return source.Tensor;
    }
}
