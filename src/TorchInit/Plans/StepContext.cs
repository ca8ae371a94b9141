namespace TorchInit;

/// <summary>What a running step may touch: the generator and the plan's tensors.</summary>
/// <param name="Generator">Draws in the plan's order.</param>
/// <param name="Tensors">By name; throws for a name that is not in the plan.</param>
sealed record StepContext(Generator Generator, Func<string, TensorBuffer> Tensors)
{
    public void Run(InitStep step)
    {
        switch (Tensors(step.Target.Tensor).DType)
        {
            case DType.Float32: Run<float>(step); break;
            case DType.Float64: Run<double>(step); break;
            case DType.Float16: Run<Half>(step); break;
            case DType.BFloat16: Run<BFloat16>(step); break;
            default: Run<long>(step); break;
        }
    }

    /// <summary>Throws what the step would throw before it changes anything.</summary>
    public void Check(InitStep step)
    {
        switch (Tensors(step.Target.Tensor).DType)
        {
            case DType.Float32: step.CheckDType<float>(Generator.Profile); break;
            case DType.Float64: step.CheckDType<double>(Generator.Profile); break;
            case DType.Float16: step.CheckDType<Half>(Generator.Profile); break;
            case DType.BFloat16: step.CheckDType<BFloat16>(Generator.Profile); break;
            default: step.CheckDType<long>(Generator.Profile); break;
        }
    }

    /// <summary>The elements that a target names.</summary>
    public TargetView<T> View<T>(StepTarget target)
        where T : unmanaged
    {
        TensorBuffer buffer = Tensors(target.Tensor);
        return new(buffer.AsSpan<T>(), ViewLayout.Of(target, [.. buffer.Shape]));
    }

    void Run<T>(InitStep step)
        where T : unmanaged
        => step.Run(View<T>(step.Target), this);
}
