namespace TorchInit;

/// <summary><c>torch.norm_except_dim(source, 2, dim)</c>: the 2-norm of every slice along one dimension, which is weight_norm's g; no
/// draw.</summary>
/// <param name="Target">One element per slice.</param>
/// <param name="Source">The tensor whose slices are measured.</param>
/// <param name="Dim">The dimension that is kept; −1 for one norm over all elements.</param>
/// <remarks>Bit-identical to Debian's builds of torch 1.13.1 and 2.6.0 (docs/compatibility.md); another compiler may sum in another
/// order.</remarks>
public sealed record NormExceptStep(StepTarget Target, string Source, int Dim) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Source];

    /// <inheritdoc/>
    public override string ToString() => $"norm_except_dim_({Target}, {Source}, dim={Dim})";

    internal override InitStep Renamed(Func<string, string> name) => ((NormExceptStep)base.Renamed(name)) with { Source = name(Source) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        TensorBuffer source = context.Tensors[Source];
        T[] norms = new T[target.Count];
        SliceNorm.Except<T>(source.AsSpan<T>(), [.. source.Shape], Dim, norms, context.Generator.Profile);
        target.WriteLogical(norms);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        StepChecks.OneDType(this, tensors, Source);
        ParameterSpec source = tensors(Source);
        long slices = Dim == -1 ? 1 : Dim >= 0 && Dim < source.Shape.Count ? source.Shape[Dim] : -1;
        if (slices != TensorShape.CountOrThrow(shape))
        {
            throw new ArgumentException($"dim {Dim} of {source} does not fit the target shape {TensorShape.Text(shape)}; allowed: −1 or a "
                + $"dimension, and one element per slice.", nameof(shape));
        }
    }
}
