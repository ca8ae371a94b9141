namespace TorchInit.Cli;

/// <summary>The function of <see cref="Init"/> that a case of one fill is.</summary>
static class SingleFill
{
    /// <summary>Null for a list, and for what has a plan only.</summary>
    public static Action? Of(BenchCase item, TensorBuffer tensor, Generator generator) => item.Fills.Count > 1 ? null : item.DType switch
    {
        DType.Float32 => Of<float>(item.Fills[0], tensor, generator),
        DType.Float64 => Of<double>(item.Fills[0], tensor, generator),
        DType.Float16 => Of<Half>(item.Fills[0], tensor, generator),
        _ => Of<BFloat16>(item.Fills[0], tensor, generator),
    };

    static Action? Of<T>(BenchFill fill, TensorBuffer tensor, Generator generator)
        where T : unmanaged
        => fill switch
        {
            { Torch: "uniform_", Arguments: [var from, var to] } => () => Init.Uniform(tensor.AsSpan<T>(), generator, from, to),
            { Torch: "normal_", Arguments: [var mean, var std] } => () => Init.Normal(tensor.AsSpan<T>(), generator, mean, std),
            _ => null,
        };
}
