namespace TorchInit;

/// <summary><c>tensor.uniform_(from, to)</c>: a draw from U[from, to) for every element, in memory order.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="From">Lower bound.</param>
/// <param name="To">Upper bound, at least <paramref name="From"/>.</param>
public sealed record UniformStep(StepTarget Target, double From, double To) : InitStep(Target)
{
    internal override ElementFill? FillBy(FillRules rules) => new(rules.Uniform, From, To);

    /// <inheritdoc/>
    public override string ToString() => $"uniform_({Target}, {PythonFloat.Repr(From)}, {PythonFloat.Repr(To)})";
}
