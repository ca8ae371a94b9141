namespace TorchInit;

/// <summary>The indices of a sampler of torch.utils.data into an int64 target, one per element.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="Order">The sampler.</param>
/// <param name="Items">The number of items in the data, 1 or more.</param>
public sealed record SampleStep(StepTarget Target, SampleOrder Order, int Items) : InitStep(Target)
{
    /// <inheritdoc/>
    public override string ToString()
        => string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"sample({Target}, {Order.ToString().ToLowerInvariant()}, {Items})");

    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal)
        => Order == SampleOrder.Epoch ? 4 : 2;

    internal override Int128 Operations(ReadOnlySpan<long> shape, Func<string, ParameterSpec> tensors) => Items;

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        if (typeof(T) != typeof(long))
        {
            throw new InvalidOperationException($"a sampler gives int64; {Target} has elements of type {typeof(T).Name}.");
        }
        if (Order == SampleOrder.Epoch) { _ = Samplers.BaseSeed(context.Generator); }
        long[] order = Samplers.Random(Items, context.Generator, Order == SampleOrder.RandomWithReplacement, target.Count);
        target.WriteLogical((T[])(object)order);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        StepChecks.IsDefined(this, Order);
        if (Items < 1) { throw new ArgumentException($"{this}: {Items} items; allowed: 1 or more.", nameof(shape)); }
        StepChecks.IsOf(this, Target, DType.Int64, tensors);
    }
}
