namespace TorchInit;

/// <summary>A draw that uses the same number of words for each element: any part can be drawn without the rest.</summary>
abstract class DrawRule : FillRule
{
    /// <summary>The words per element.</summary>
    protected abstract int WordsOf(DType dtype, TorchProfile profile);

    /// <summary>Draws elements from the next words.</summary>
    protected abstract void Draw<T>(Span<T> part, double a, double b, Mt19937 words, TorchProfile profile)
        where T : unmanaged;

    /// <summary>Only an estimate, for balancing slices.</summary>
    public override double Cost(DType dtype, TorchProfile profile) => 15;

    public override long Length(FillExtent fill, DType dtype, TorchProfile profile, ref bool cachedNormal)
        => checked(fill.Count * WordsOf(dtype, profile));

    public override void Draw<T>(Span<T> part, FillPart at, double a, double b, Generator generator)
    {
        Mt19937 words = generator.Words.Engine;
        generator.MoveTo(at.Start + at.First * WordsOf(DType.Of<T>(), generator.Profile));
        Draw(part, a, b, words, generator.Profile);
    }

    /// <summary>A double in [0, 1) from two words.</summary>
    protected static double Unit(Mt19937 words) => Words.Unit53(words.NextUInt32(), words.NextUInt32());

    /// <summary>Refuses integers and bools, for draws of floating-point types only.</summary>
    protected static void CheckFloating<T>(TorchProfile profile, string? message)
        where T : unmanaged
    {
        if (DType.Of<T>() is var dtype && !dtype.IsFloatingPoint())
        {
            throw TorchArgumentException.NotImplemented(profile, "dtype", dtype.TorchName(), "float32, float64, float16, bfloat16",
                message);
        }
    }
}
