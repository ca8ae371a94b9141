namespace TorchInit;

/// <summary>A step that waits in a <see cref="DrawGroup"/>, and where it draws.</summary>
/// <param name="Step">An <see cref="IDraw"/>.</param>
/// <param name="Buffer">The tensor.</param>
/// <param name="Layout">The step's target in it.</param>
/// <param name="Words">What it takes of the stream.</param>
/// <param name="CachedBefore">Whether a cached normal waits when it starts.</param>
sealed record Draw(InitStep Step, TensorBuffer Buffer, ViewLayout Layout, long Words, bool CachedBefore)
{
    public IDraw Drawing => (IDraw)Step;

    public int Grain => Drawing.Grain(Layout);

    /// <summary>A later draw of the group covers all of it: only the stream moves.</summary>
    public bool IsOverwritten { get; set; }

    public bool CoversTensor => Layout.IsContiguous && Layout.Count == Buffer.Count;

    /// <summary>Words before an element at which the draw may be cut.</summary>
    public long WordsBefore(long element) => element * (Buffer.DType == DType.Float64 ? 2 : 1);

    /// <summary>Draws the elements from <paramref name="start"/> to <paramref name="end"/>; the generator stands at their first word.</summary>
    public void Run(long start, long end, StepContext context)
    {
        if (IsOverwritten) { context.Generator.Advance((end == Layout.Count ? Words : WordsBefore(end)) - WordsBefore(start)); }
        else if (start == 0 && end == Layout.Count) { context.Run(Step); }
        else
        {
            switch (Buffer.DType)
            {
                case DType.Float32: Run<float>(start, end, context.Generator); break;
                case DType.Float64: Run<double>(start, end, context.Generator); break;
                case DType.Float16: Run<Half>(start, end, context.Generator); break;
                default: Run<BFloat16>(start, end, context.Generator); break;
            }
        }
    }

    void Run<T>(long start, long end, Generator generator)
        where T : unmanaged
        => Drawing.Draw(Buffer.AsSpan<T>().Slice((int)(Layout.Offset + start), (int)(end - start)), generator, contiguous: true);
}
