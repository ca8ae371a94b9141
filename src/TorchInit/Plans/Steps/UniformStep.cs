namespace TorchInit;

/// <summary><c>tensor.uniform_(from, to)</c>: a draw from U[from, to) for every element, in memory order.</summary>
/// <param name="Target">What is filled.</param>
/// <param name="From">Lower bound.</param>
/// <param name="To">Upper bound, at least <paramref name="From"/>.</param>
public sealed record UniformStep(StepTarget Target, double From, double To) : InitStep(Target)
{
    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal) => Uniform.Words(target.Count, dtype);

    /// <inheritdoc/>
    public override string ToString() => $"uniform_({Target}, {PythonFloat.Repr(From)}, {PythonFloat.Repr(To)})";

    internal override void Run<T>(TargetView<T> target, StepContext context) => MemoryOrderFill.Run(target, this, context, static (step, span, generator, _) => Uniform.Fill(span, step.From, step.To, generator));
}
