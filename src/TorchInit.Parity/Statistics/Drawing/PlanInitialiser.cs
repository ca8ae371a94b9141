namespace TorchInit.Parity;

/// <summary>TorchInit itself: materialises the plan.</summary>
public sealed class PlanInitialiser : Initialiser
{
    /// <inheritdoc/>
    public override string Name => "TorchInit";

    /// <inheritdoc/>
    public override Drawn Draw(DrawRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Generator generator = new(request.Seed, request.Plan.Profile);
        StateDict tensors = request.Plan.Materialize(generator, request.DType);
        return new(request.Shard is { } shard ? Shards.Cut(tensors, shard) : tensors, generator.GetState());
    }
}
