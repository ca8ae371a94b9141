namespace TorchInit;

/// <summary><c>F.dropout(tensor, p)</c> on a GPU, torch's fused kernel: each element of the target becomes 0 with probability p, else
/// x · 1 / (1 − p). On a CPU, dropout is the steps bernoulli, div and mul.</summary>
/// <param name="Target">The tensor or view to change.</param>
/// <param name="P">The probability of a zero, above 0 and below 1.</param>
/// <param name="Neighbours">The most elements that a thread takes at a time: the largest of 1, 2, 4 and 8 that divides the place of torch's
/// first element in its allocation, and 1 if torch's tensor has gaps.</param>
public sealed record DropoutStep(StepTarget Target, double P, int Neighbours = CudaDropout.MostNeighbours) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Target.Tensor];

    /// <inheritdoc/>
    public override string ToString() => $"dropout({Target}, {PythonFloat.Repr(P)}"
        + $"{(Neighbours == CudaDropout.MostNeighbours ? "" : $", neighbours={Neighbours}")})";

    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal)
        => CudaDropout.Length(target.Count, profile.Gpu!);

    internal override void CheckDType<T>(TorchProfile profile) => CudaDropout.Check<T>(profile);

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        if (target.Count == 0) { return; }
        int neighbours = CudaDropout.Neighbours<T>(target.Count, target.Extent.IsDense ? Neighbours : 1, context.Generator.Profile);
        if (target.IsContiguous)
        {
            CudaDropout.Apply(target.Contiguous, P, neighbours, context.Generator);
            return;
        }
        T[] elements = neighbours == 1 ? target.ReadLogical() : target.ReadMemoryOrder();
        CudaDropout.Apply<T>(elements, P, neighbours, context.Generator);
        if (neighbours == 1) { target.WriteLogical(elements); }
        else { target.WriteMemoryOrder(elements); }
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        if (profile.Gpu is null)
        {
            throw new ArgumentException($"{this} is a GPU's kernel, and {profile} draws on a CPU; allowed: a profile with a GPU, or the "
                + "steps bernoulli, div and mul.", nameof(profile));
        }
        if (!(P is > 0 and < 1))
        {
            throw new ArgumentException($"p of {this} is {PythonFloat.Repr(P)}; allowed: above 0 and below 1, since torch draws nothing "
                + "for 0 and 1.", nameof(shape));
        }
        if (Neighbours is not (1 or 2 or 4 or 8))
        {
            throw new ArgumentException($"neighbours of {this} is {Neighbours}; allowed: 1, 2, 4, 8.", nameof(shape));
        }
    }
}
