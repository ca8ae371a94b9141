namespace TorchInit;

/// <summary><c>random_(from, to)</c> and <c>randint</c> on a GPU: from + word mod range, with one word or, for a wide range, two.</summary>
sealed class CudaRandomRule(Gpu gpu, RandomRule range) : CudaDrawRule(gpu)
{
    public override void Check<T>(double a, double b, TorchProfile profile) => range.Check<T>(a, b, profile);

    protected override int PerDraw(DType dtype, TorchProfile profile)
        => profile.CountsTwoElementsADraw && range.Range(dtype, profile).IsWide ? 2 : 4;

    protected override void Draw<T>(Span<T> part, CudaPart at, double a, double b, Generator generator)
    {
        (long first, ulong count, bool wide) = range.Range(DType.Of<T>(), generator.Profile);
        if (wide) { at.Fill(part, new CudaIntegers<T, TwoWords>(first, count), generator.Width); }
        else { at.Fill(part, new CudaIntegers<T, OneWord>(first, count), generator.Width); }
    }
}
