namespace TorchInit;

/// <summary>What a running step may touch: the generator and the plan's tensors.</summary>
/// <param name="Generator">Draws in the plan's order.</param>
/// <param name="Tensors">By name; throws for a name that is not in the plan.</param>
sealed record StepContext(Generator Generator, Func<string, TensorBuffer> Tensors)
{
    public void Run(InitStep step)
    {
        TensorBuffer buffer = Tensors(step.Target.Tensor);
        switch (buffer.DType)
        {
            case DType.Float32: Run<float>(step, buffer); break;
            case DType.Float64: Run<double>(step, buffer); break;
            case DType.Float16: Run<Half>(step, buffer); break;
            case DType.BFloat16: Run<BFloat16>(step, buffer); break;
            default: Run<long>(step, buffer); break;
        }
    }

    void Run<T>(InitStep step, TensorBuffer buffer)
        where T : unmanaged
        => step.Run(new TargetView<T>(buffer.AsSpan<T>(), ViewLayout.Of(step.Target, [.. buffer.Shape])), this);
}
