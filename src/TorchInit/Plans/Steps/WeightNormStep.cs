namespace TorchInit;

/// <summary><c>torch._weight_norm(v, g, dim)</c>: v · (g / ‖v‖), with the norm of every slice along one dimension; no draw.</summary>
/// <param name="Target">A target with v's shape.</param>
/// <param name="G">The name of g, one element per slice.</param>
/// <param name="V">The name of v, whose slices are scaled.</param>
/// <param name="Dim">The dimension whose slices have a norm each; −1 for one norm over all elements; other negative values count from the
/// end.</param>
/// <remarks>Only power iterations read the result: torch's last bits depend on how its sums are vectorised
/// (docs/compatibility.md).</remarks>
public sealed record WeightNormStep(StepTarget Target, string G, string V, int Dim) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [G, V];

    /// <inheritdoc/>
    public override string ToString() => $"weight_norm_({Target}, {V}, {G}, dim={Dim})";

    internal override InitStep Renamed(Func<string, string> name) => ((WeightNormStep)base.Renamed(name)) with { G = name(G), V = name(V) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        TensorBuffer v = context.Tensors[V];
        int kept = Kept(v.Shape.Count);
        ReadOnlySpan<T> g = context.Tensors[G].AsSpan<T>();
        T[] norms = new T[g.Length];
        SliceNorm.Except<T>(v.AsSpan<T>(), [.. v.Shape], kept, norms, context.Generator.Profile);
        int inner = kept < 0 ? 1 : (int)TensorShape.CountOrThrow([.. v.Shape.Skip(kept + 1)]);
        T[] weight = v.AsSpan<T>().ToArray();
        for (int i = 0; i < weight.Length; i++)
        {
            int slice = kept < 0 ? 0 : i / inner % norms.Length;
            double scale = Elements.ToDouble(g[slice]) / Elements.ToDouble(norms[slice]);
            weight[i] = Elements.FromDouble<T>(Elements.ToDouble(weight[i]) * scale);
        }
        target.WriteLogical(weight);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        StepChecks.OneDType(this, tensors, G, V);
        ParameterSpec v = tensors(V);
        int kept = Kept(v.Shape.Count);
        bool fits = kept < v.Shape.Count && tensors(G).Count == (kept < 0 ? 1 : v.Shape[kept]);
        if (Dim < -1 && kept < 0 || !fits || v.Count != TensorShape.CountOrThrow(shape))
        {
            throw new ArgumentException($"dim {Dim} of {v} does not fit {tensors(G)} and the target shape {TensorShape.Text(shape)};"
                + " allowed: −1 or a dimension, one element of g per slice, a target as large as v.", nameof(shape));
        }
    }

    int Kept(int rank) => Dim < -1 ? Dim + rank : Dim;
}
