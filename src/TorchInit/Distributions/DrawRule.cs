namespace TorchInit;

/// <summary>A draw that makes each element of words of its own, always as many: any part of it can be drawn without the rest.</summary>
abstract class DrawRule : FillRule
{
    /// <summary>The words of one element.</summary>
    protected abstract int WordsOf(DType dtype, TorchProfile profile);

    /// <summary>Elements from the words that come next.</summary>
    protected abstract void Draw<T>(Span<T> part, double a, double b, Mt19937 words, TorchProfile profile)
        where T : unmanaged;

    /// <summary>No more than a guess: what a cut balances.</summary>
    public override double Cost(DType dtype, TorchProfile profile) => 15;

    public override long Length(FillExtent fill, DType dtype, TorchProfile profile, ref bool cachedNormal)
        => checked(fill.Count * WordsOf(dtype, profile));

    public override void Draw<T>(Span<T> part, FillPart at, double a, double b, Generator generator)
    {
        Mt19937 words = generator.Words.Engine;
        generator.MoveTo(at.Start + at.First * WordsOf(DType.Of<T>(), generator.Profile));
        Draw(part, a, b, words, generator.Profile);
    }

    /// <summary>A double in [0, 1) of two words.</summary>
    protected static double Unit(Mt19937 words) => Words.Unit53(words.NextUInt32(), words.NextUInt32());

    /// <summary>Refuses integers and bools, for what draws real numbers only.</summary>
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
