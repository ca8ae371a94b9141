namespace TorchInit;

/// <summary>fill_(value): each element is independent and no words are used, on every device.</summary>
sealed class ConstantFill : FillRule
{
    ConstantFill()
    {
    }

    public static ConstantFill Instance { get; } = new();

    public override bool Draws => false;

    public override long Length(FillExtent fill, DType dtype, TorchProfile profile, ref bool cachedNormal) => 0;

    public override double Cost(DType dtype, TorchProfile profile) => 0.1;

    public override void Check<T>(double a, double b, TorchProfile profile) => _ = ConstantValue.Of<T>(a, profile);

    public override void Draw<T>(Span<T> part, FillPart at, double a, double b, Generator generator)
        => part.Fill(ConstantValue.Of<T>(a, generator.Profile));
}
