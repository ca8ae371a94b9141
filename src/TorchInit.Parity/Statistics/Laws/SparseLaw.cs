namespace TorchInit.Parity;

/// <summary>0 with a fixed share, else another law: a column of sparse_.</summary>
/// <param name="Zeros">Share of zeros, in [0, 1).</param>
/// <param name="Other">The law of the rest.</param>
public sealed record SparseLaw(double Zeros, Law Other) : Law
{
    /// <inheritdoc/>
    public override (double Low, double High) Support => (Math.Min(0, Other.Support.Low), Math.Max(0, Other.Support.High));

    internal override double Collision => Zeros * Zeros + (1 - Zeros) * (1 - Zeros) * Other.Collision;

    internal override bool HasAtoms => true;

    /// <inheritdoc/>
    public override double AtMost(double x) => (x >= 0 ? Zeros : 0) + (1 - Zeros) * Other.AtMost(x);

    /// <inheritdoc/>
    public override double Below(double x) => (x > 0 ? Zeros : 0) + (1 - Zeros) * Other.Below(x);

    internal override double RawMoment(int order) => (1 - Zeros) * Other.RawMoment(order);

    /// <inheritdoc/>
    public override string ToString() => $"{Zeros:P0} zeros, else {Other}";
}
