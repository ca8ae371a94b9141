namespace TorchInit.Parity;

/// <summary>U[from, to).</summary>
/// <param name="From">Lower bound.</param>
/// <param name="To">Upper bound, above it.</param>
/// <param name="Bits">Bits per draw: 24 for float32, 53 for float64.</param>
public sealed record UniformLaw(double From, double To, int Bits) : Law
{
    /// <inheritdoc/>
    public override (double Low, double High) Support => (From, To);

    // Twice a draw's resolution: float32 has fewer values near the bounds than the draw has. A narrow range far from 0 has fewer still.
    internal override double Collision => Math.Clamp(Spacing(Math.Max(Math.Abs(From), Math.Abs(To)), Bits) / (To - From),
        Math.Pow(2, 1 - Bits), 1);

    // A uniform that is exactly its lower bound is drawn once in 2^Bits.
    internal override double Cell => Math.Pow(2, -Bits);

    /// <inheritdoc/>
    public override double AtMost(double x) => Math.Clamp((x - From) / (To - From), 0, 1);

    /// <inheritdoc/>
    public override double Density(double x) => x >= From && x <= To ? 1 / (To - From) : 0;

    internal override double RawMoment(int order) => (Math.Pow(To, order + 1) - Math.Pow(From, order + 1)) / ((order + 1) * (To - From));

    // The raw moments of a range far from 0 would cancel.
    private protected override double CentralMoment(int order) => order % 2 == 1 ? 0 : Math.Pow((To - From) / 2, order) / (order + 1);

    /// <inheritdoc/>
    public override string ToString() => $"U({From:G4}, {To:G4})";
}
