namespace TorchInit;

/// <summary>
/// Rounds of u ← normalize(W·v), v ← normalize(Wᵀ·u), as parametrizations.spectral_norm runs at construction; no draw.
/// </summary>
/// <param name="Target">u, one element per row of W.</param>
/// <param name="V">The name of v, one element per column of W; overwritten too.</param>
/// <param name="Weight">The name of the weight.</param>
/// <param name="Dim">The dimension of the weight that becomes W's rows.</param>
/// <param name="Iterations">The number of rounds.</param>
/// <param name="Epsilon">The smallest divisor in normalize.</param>
/// <remarks>Torch multiplies by BLAS. Bit-identical with reference BLAS, which Debian's torch uses; close with any other
/// (docs/compatibility.md).</remarks>
public sealed record PowerIterationStep(StepTarget Target, string V, string Weight, int Dim, int Iterations, double Epsilon)
    : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Target.Tensor, V, Weight];

    internal override IEnumerable<string> Writes => V == Target.Tensor ? [V] : [Target.Tensor, V];

    /// <inheritdoc/>
    public override string ToString()
        => $"power_iteration_({Target}, {V}, {Weight}, dim={Dim}, n={Iterations}, eps={PythonFloat.Repr(Epsilon)})";

    internal override InitStep Renamed(Func<string, string> name)
        => ((PowerIterationStep)base.Renamed(name)) with { V = name(V), Weight = name(Weight) };

    internal override Int128 Operations(ReadOnlySpan<long> shape, Func<string, ParameterSpec> tensors)
        => 2 * (Int128)Iterations * ((Int128)tensors(Weight).Count + TensorShape.CountOrThrow(shape) + tensors(V).Count);

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        TensorBuffer weight = context.Tensors[Weight];
        T[] u = target.ReadLogical();
        PowerIteration.Run<T>(weight.AsSpan<T>(), [.. weight.Shape], Dim, u, context.Tensors[V].AsSpan<T>(), Iterations, Epsilon,
            context.Generator.Profile);
        target.WriteLogical(u);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        StepChecks.OneDType(this, tensors, V, Weight);
        ParameterSpec weight = tensors(Weight);
        bool fits = Dim >= 0 && Dim < weight.Shape.Count && weight.Shape[Dim] == TensorShape.CountOrThrow(shape)
            && (Int128)weight.Shape[Dim] * tensors(V).Count == weight.Count;
        if (!fits || Iterations < 0)
        {
            throw new ArgumentException($"{this} does not fit {weight}; allowed: u as long as its dimension {Dim}, v as long as "
                + $"the product of the others, 0 or more iterations.", nameof(shape));
        }
    }
}
