namespace TorchInit;

/// <summary><c>init.trunc_normal_(tensor, mean, std, a, b)</c>: N(mean, std²) cut to [a, b]; by erfinv up to torch 2.11, by rejection since
/// 2.12.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="Mean">Mean of the normal before the cut.</param>
/// <param name="Std">Its standard deviation.</param>
/// <param name="A">Lower cut.</param>
/// <param name="B">Upper cut.</param>
public sealed record TruncNormalStep(StepTarget Target, double Mean, double Std, double A, double B) : InitStep(Target)
{
    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal)
        => !profile.TruncatesByRejection
            ? profile.Fills.Uniform.Length(target.Extent, dtype, profile, ref cachedNormal) : target.Count == 0 ? 0 : null;

    /// <inheritdoc/>
    public override string ToString()
        => $"trunc_normal_({Target}, {PythonFloat.Repr(Mean)}, {PythonFloat.Repr(Std)}, {PythonFloat.Repr(A)}, {PythonFloat.Repr(B)})";

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        if (target.IsContiguous)
        {
            TruncNormalFill.Fill(target.Contiguous, Mean, Std, A, B, context.Generator);
            return;
        }
        T[] elements = new T[target.Count];
        TruncNormalFill.Fill<T>(elements, Mean, Std, A, B, context.Generator);
        target.WriteMemoryOrder(elements);
    }

    /// <summary>Since 2.12 a strided target mixes two orders (its own for the first draw, contiguous for redraws); that is not
    /// followed.</summary>
    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        if (Target.Strides is not null && profile.TruncatesByRejection)
        {
            throw new ArgumentException($"trunc_normal_ on the strided view {Target} is not supported since torch 2.12;"
                + " allowed: contiguous targets.", nameof(shape));
        }
    }
}
