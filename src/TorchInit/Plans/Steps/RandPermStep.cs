namespace TorchInit;

/// <summary><c>torch.randperm(n)</c> into a target of n elements of any dtype except bool.</summary>
/// <param name="Target">The tensor or view to fill.</param>
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

    internal override void CheckDType<T>(TorchProfile profile)
    {
        if (typeof(T) != typeof(bool)) { return; }
        throw TorchArgumentException.NotImplemented(profile, "dtype", "bool", "any other", "\"randperm\" not implemented for 'Bool'");
    }

    /// <summary>Torch converts the largest number to the dtype before it draws.</summary>
    static void CheckLargest<T>(int largest)
        where T : unmanaged
    {
        if (typeof(T) == typeof(Half) && largest > 1 << 11)
        {
            throw TorchArgumentException.RuntimeError("n", largest + 1, "up to 2049", "n cannot be greater than 2049 for Half type.");
        }
        _ = ConstantValue.Of<T>(Math.Max(largest, 0));
    }

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        CheckLargest<T>(target.Count - 1);
        long[] permutation = new long[target.Count];
        RandPerm.Fill(permutation, context.Generator);
        target.WriteLogical(permutation as T[] ?? [.. permutation.Select(DrawElements.FromInteger<T>)]);
    }
}
