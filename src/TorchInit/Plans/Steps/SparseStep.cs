namespace TorchInit;

/// <summary><c>init.sparse_(tensor, sparsity, std)</c>: N(0, std²), then ⌈sparsity · rows⌉ zeros in every column, placed by a random
/// permutation.</summary>
/// <param name="Target">A matrix.</param>
/// <param name="Sparsity">Fraction of zeros in each column.</param>
/// <param name="Std">Standard deviation of the other elements.</param>
public sealed record SparseStep(StepTarget Target, double Sparsity, double Std) : InitStep(Target)
{
    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal)
    {
        long normal = profile.Fills.Normal.Length(target.Extent, dtype, profile, ref cachedNormal);
        return checked(normal + target.Shape[1] * profile.Fills.RowPermutationLength(target.Shape[0], profile));
    }

    internal override bool KeepsNormal(ViewLayout target, TorchProfile profile) => profile.Fills.Normal.KeepsNormal(target.Extent);

    internal override bool HoldsCopy => true;

    /// <inheritdoc/>
    public override string ToString() => $"sparse_({Target}, {PythonFloat.Repr(Sparsity)}, {PythonFloat.Repr(Std)})";

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        int zeros = SparseFill.ZerosInColumn(target.Shape[0], Sparsity);
        new ElementFill(context.Generator.Profile.Fills.Normal, 0, Std).Run(target, context.Generator);
        T[] elements = target.ReadLogical();
        SparseFill.PunchZeros<T>(elements, target.Shape[0], target.Shape[1], zeros, context.Generator);
        target.WriteLogical(elements);
    }

    /// <summary>One permutation of the rows per column.</summary>
    internal override Int128 Operations(ReadOnlySpan<long> shape, Func<string, ParameterSpec> tensors)
    {
        if (shape[1] > 0) { RandPerm.Check(shape[0]); }
        return (Int128)shape[1] * shape[0];
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
        => SparseFill.CheckShape(shape);
}
