namespace TorchInit;

/// <summary><c>tensor.uniform_(from, to)</c>: a draw from U[from, to) for every element, in memory order.</summary>
/// <param name="Target">What is filled.</param>
/// <param name="From">Lower bound.</param>
/// <param name="To">Upper bound, at least <paramref name="From"/>.</param>
public sealed record UniformStep(StepTarget Target, double From, double To) : InitStep(Target), IDraw
{
    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal) => Uniform.Words(target.Count, dtype);

    /// <inheritdoc/>
    public override string ToString() => $"uniform_({Target}, {PythonFloat.Repr(From)}, {PythonFloat.Repr(To)})";

    /// <summary>Refused before any draw, as a fill of no elements is.</summary>
    internal override void CheckDType<T>(TorchProfile profile) => UniformBounds.Check<T>(From, To, profile);

    internal override void Run<T>(TargetView<T> target, StepContext context)
        => MemoryOrderFill.Run(target, this, context, static (step, span, generator, contiguous) => ((IDraw)step).Draw(span, generator, contiguous));

    void IDraw.Draw<T>(Span<T> elements, Generator generator, bool contiguous) => Uniform.Fill(elements, From, To, generator);

    long IDraw.DrawSlice<T>(Span<T> slice, long start, long count, Generator generator)
    {
        generator.Advance(Uniform.Words(start, DTypeExtensions.Of<T>()));
        Uniform.Fill(slice, From, To, generator);
        return Uniform.Words(start + slice.Length, DTypeExtensions.Of<T>());
    }

    int IDraw.Grain(ViewLayout target) => target.IsContiguous ? 1 : 0;

    double IDraw.Cost(DType dtype, TorchProfile profile) => Uniform.Cost(dtype);
}
