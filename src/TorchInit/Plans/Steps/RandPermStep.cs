namespace TorchInit;

/// <summary><c>torch.randperm(n)</c> into an int64 target of n elements.</summary>
/// <param name="Target">What is filled.</param>
public sealed record RandPermStep(StepTarget Target) : InitStep(Target)
{
    /// <inheritdoc/>
    public override string ToString() => $"randperm({Target})";

    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal)
        => profile.Fills.PermutationLength(target.Count, profile);

    internal override Int128 Operations(ReadOnlySpan<long> shape, Func<string, ParameterSpec> tensors)
    {
        RandPerm.Check(TensorShape.CountOrThrow(shape));
        return 0;
    }

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        if (typeof(T) != typeof(long))
        {
            throw new InvalidOperationException($"randperm fills int64; {Target} has elements of type {typeof(T).Name}.");
        }
        long[] permutation = new long[target.Count];
        RandPerm.Fill(permutation, context.Generator);
        target.WriteLogical((T[])(object)permutation);
    }
}
