namespace TorchInit;

/// <summary><c>tensor.normal_(mean, std)</c>: a draw from N(mean, std²) for every element, in memory order.</summary>
/// <param name="Target">What is filled; 16 elements or more of a contiguous target go by blocks, anything else one by one.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Std">The standard deviation, 0 or more.</param>
public sealed record NormalStep(StepTarget Target, double Mean, double Std) : InitStep(Target), IDraw
{
    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal)
        => Normal.Words(target.Count, dtype, profile, target.IsContiguous, ref cachedNormal);

    /// <inheritdoc/>
    public override string ToString() => $"normal_({Target}, {PythonFloat.Repr(Mean)}, {PythonFloat.Repr(Std)})";

    internal override void Run<T>(TargetView<T> target, StepContext context)
        => MemoryOrderFill.Run(target, this, context, static (step, span, generator, contiguous) => ((IDraw)step).Draw(span, generator, contiguous));

    /// <summary>Refused before any draw, as a fill of no elements is.</summary>
    internal override void CheckDType<T>(TorchProfile profile) => Normal.Check<T>(Std, profile);

    void IDraw.Draw<T>(Span<T> elements, Generator generator, bool contiguous) => Normal.Fill(elements, Mean, Std, generator, contiguous);

    long IDraw.DrawSlice<T>(Span<T> slice, long start, long count, Generator generator) => Normal.FillSlice(slice, start, count, Mean, Std, generator);

    int IDraw.Grain(ViewLayout target) => target.IsContiguous && target.Count >= Normal.Block ? Normal.Block : 0;

    double IDraw.Cost(DType dtype, TorchProfile profile) => Normal.Cost(dtype, profile);
}
