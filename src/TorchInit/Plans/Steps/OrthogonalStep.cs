namespace TorchInit;

/// <summary><c>init.orthogonal_(tensor, gain)</c>: gain · Q of the QR decomposition of a matrix of standard normals.</summary>
/// <param name="Target">A target of 2 dimensions or more, taken as a matrix (first size, product of the others).</param>
/// <param name="Gain">Factor on Q.</param>
public sealed record OrthogonalStep(StepTarget Target, double Gain) : InitStep(Target)
{
    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
        => OrthogonalFill.CheckShape(shape);

    /// <summary>The multiplications of the decomposition.</summary>
    internal override Int128 Operations(ReadOnlySpan<long> shape, Func<string, ParameterSpec> tensors)
    {
        long count = TensorShape.CountOrThrow(shape);
        return count == 0 ? 0 : (Int128)count * Math.Min(shape[0], count / shape[0]);
    }

    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal)
        => profile.Fills.Normal.Length(InARow(target), dtype, profile, ref cachedNormal);

    internal override bool KeepsNormal(ViewLayout target, TorchProfile profile) => profile.Fills.Normal.KeepsNormal(InARow(target));

    internal override bool HoldsCopy => true;

    /// <inheritdoc/>
    public override string ToString() => $"orthogonal_({Target}, {PythonFloat.Repr(Gain)})";

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] elements = new T[target.Count];
        OrthogonalFill.Fill<T>(elements, target.Shape, Gain, context.Generator);
        target.WriteLogical(elements);
    }

    /// <summary>The draws go into a separate contiguous matrix, whatever the target's strides.</summary>
    static FillExtent InARow(ViewLayout target) => target.Extent with { IsContiguous = true };
}
