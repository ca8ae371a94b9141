namespace TorchInit.Parity;

/// <summary>Draws a plan with its generator moved before some of its steps.</summary>
static class Replay
{
    /// <summary>Draws the weights.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="seed">The generator's seed.</param>
    /// <param name="dtype">The floating dtype of the weights.</param>
    /// <param name="before">Called with the number of each step that runs next; may move the generator.</param>
    public static StateDict Of(InitPlan plan, ulong seed, DType dtype, Action<int, Generator> before)
    {
        PlanTensors tensors = plan.Allocate(dtype);
        Generator generator = new(seed, plan.Profile);
        StepContext context = new(generator, tensors);
        for (int at = 0; at < plan.Steps.Count; at++)
        {
            before(at, generator);
            context.Run(plan.Placed[at]);
        }
        return tensors.State();
    }
}
