namespace TorchInit;

/// <summary>What a running step may touch: the generator and the plan's tensors.</summary>
/// <param name="Generator">Draws in the plan's order.</param>
/// <param name="Tensors">The tensors of the plan.</param>
sealed record StepContext(Generator Generator, PlanTensors Tensors)
{
    /// <summary>Reports each step and checks for cancellation before it.</summary>
    public RunWatch Watch { get; init; } = RunWatch.None;

    /// <summary>Runs a step at the generator's current position.</summary>
    public void Run(PlacedStep placed)
    {
        Watch.ThrowIfCancelled();
        switch (Tensors[placed.Storage].DType)
        {
            case DType.Float32: Run<float>(placed); break;
            case DType.Float64: Run<double>(placed); break;
            case DType.Float16: Run<Half>(placed); break;
            case DType.BFloat16: Run<BFloat16>(placed); break;
            case DType.Int64: Run<long>(placed); break;
            case DType.Int32: Run<int>(placed); break;
            case DType.Int16: Run<short>(placed); break;
            case DType.Int8: Run<sbyte>(placed); break;
            case DType.UInt8: Run<byte>(placed); break;
            default: Run<bool>(placed); break;
        }
        Watch.Add(placed.Layout.Count);
    }

    /// <summary>Throws what the step would throw before it changes anything.</summary>
    public void Check(PlacedStep placed)
    {
        switch (Tensors.DTypeOf(placed.Storage))
        {
            case DType.Float32: placed.Step.CheckDType<float>(Generator.Profile); break;
            case DType.Float64: placed.Step.CheckDType<double>(Generator.Profile); break;
            case DType.Float16: placed.Step.CheckDType<Half>(Generator.Profile); break;
            case DType.BFloat16: placed.Step.CheckDType<BFloat16>(Generator.Profile); break;
            case DType.Int64: placed.Step.CheckDType<long>(Generator.Profile); break;
            case DType.Int32: placed.Step.CheckDType<int>(Generator.Profile); break;
            case DType.Int16: placed.Step.CheckDType<short>(Generator.Profile); break;
            case DType.Int8: placed.Step.CheckDType<sbyte>(Generator.Profile); break;
            case DType.UInt8: placed.Step.CheckDType<byte>(Generator.Profile); break;
            default: placed.Step.CheckDType<bool>(Generator.Profile); break;
        }
    }

    /// <summary>The elements of a target other than the step's own; a source may repeat elements.</summary>
    public TargetView<T> View<T>(StepTarget target)
        where T : unmanaged
    {
        TensorBuffer buffer = Tensors[target.Tensor];
        return new(buffer.AsSpan<T>(), ViewLayout.OfSource(target, [.. buffer.Shape]));
    }

    /// <summary>The dtype of a target.</summary>
    public DType DTypeOf(StepTarget target) => Tensors[target.Tensor].DType;

    void Run<T>(PlacedStep placed)
        where T : unmanaged
    {
        TargetView<T> target = new(Tensors[placed.Storage].AsSpan<T>(), placed.Layout);
        if (placed.Step.FillBy(Generator.Profile.Fills) is { } fill)
        {
            fill.Run(target, Generator);
            return;
        }
        placed.Step.CheckDType<T>(Generator.Profile);
        placed.Step.Run(target, this);
    }
}
