namespace TorchInit.Parity;

/// <summary>One value, always.</summary>
/// <param name="Value">The value, as stored.</param>
public sealed record ConstantLaw(double Value) : Law
{
    /// <inheritdoc/>
    public override (double Low, double High) Support => (Value, Value);

    internal override double Collision => 1;

    internal override bool HasAtoms => true;

    /// <inheritdoc/>
    public override double AtMost(double x) => x >= Value ? 1 : 0;

    /// <inheritdoc/>
    public override double Below(double x) => x > Value ? 1 : 0;

    internal override IEnumerable<(double Value, double Weight)> Points => [(Value, 1)];

    internal override double RawMoment(int order) => Math.Pow(Value, order);

    /// <inheritdoc/>
    public override string ToString() => $"{Value:G4}";
}
