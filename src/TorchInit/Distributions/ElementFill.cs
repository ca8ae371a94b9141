namespace TorchInit;

/// <summary>A rule and its two numbers: bounds, mean and standard deviation, or a value.</summary>
readonly record struct ElementFill(FillRule Rule, double A, double B = 0)
{
    public void Check<T>(TorchProfile profile)
        where T : unmanaged
        => Rule.Check<T>(A, B, profile);

    /// <summary>Fills the whole target from the generator's position, in memory order whatever the order of the indices, like torch's
    /// TensorIterator.</summary>
    public void Run<T>(TargetView<T> target, Generator generator)
        where T : unmanaged
    {
        Check<T>(generator.Profile);
        FillPart whole = new(generator.Position, 0, target.Extent);
        if (target.IsContiguous)
        {
            Draw(target.Contiguous, whole, generator);
            return;
        }
        T[] elements = new T[target.Count];
        Draw<T>(elements, whole, generator);
        target.WriteMemoryOrder(elements);
    }

    public void Draw<T>(Span<T> part, FillPart at, Generator generator)
        where T : unmanaged
        => Rule.Draw(part, at, A, B, generator);
}
