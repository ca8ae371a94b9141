namespace TorchInit;

/// <summary>W / σ in place, σ = u · (W·v): the weight as parametrizations.spectral_norm computes it; no draw.</summary>
/// <param name="Target">W, a whole tensor.</param>
/// <param name="U">The name of u, one element per row of W.</param>
/// <param name="V">The name of v, one element per column of W.</param>
/// <param name="Dim">The dimension that becomes W's rows.</param>
/// <remarks>Only power iterations read the result: torch multiplies by BLAS, so the last bits depend on the machine
/// (docs/compatibility.md).</remarks>
public sealed record SpectralScaleStep(StepTarget Target, string U, string V, int Dim) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Target.Tensor, U, V];

    /// <inheritdoc/>
    public override string ToString() => $"spectral_scale_({Target}, {U}, {V}, dim={Dim})";

    internal override InitStep Renamed(Func<string, string> name)
        => ((SpectralScaleStep)base.Renamed(name)) with { U = name(U), V = name(V) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] weight = target.ReadLogical();
        ReadOnlySpan<T> u = context.Tensors[U].AsSpan<T>(), v = context.Tensors[V].AsSpan<T>();
        double sigma = PowerIteration.Sigma(weight, target.Shape, Dim, u, v, context.Generator.Profile);
        foreach (ref T element in weight.AsSpan()) { element = Elements.FromDouble<T>(Elements.ToDouble(element) / sigma); }
        target.WriteLogical(weight);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        StepChecks.OneDType(this, tensors, U, V);
        bool fits = Dim >= 0 && Dim < shape.Length && shape[Dim] == tensors(U).Count
            && (Int128)tensors(U).Count * tensors(V).Count == TensorShape.CountOrThrow(shape);
        if (!fits)
        {
            throw new ArgumentException($"dim {Dim} of a target of {TensorShape.Text(shape)} does not fit {tensors(U)} and {tensors(V)};"
                + " allowed: a dimension as long as u, the others' product as long as v.", nameof(shape));
        }
    }
}
