namespace TorchInit;

/// <summary>A rule and its two numbers: bounds, or mean and standard deviation, or a value.</summary>
readonly record struct ElementFill(FillRule Rule, double A, double B = 0)
{
    public void Check<T>(TorchProfile profile)
        where T : unmanaged
        => Rule.Check<T>(A, B, profile);

    public void Draw<T>(Span<T> part, FillPart at, Generator generator)
        where T : unmanaged
        => Rule.Draw(part, at, A, B, generator);
}
