namespace TorchInit;

/// <summary>A fill that waits in a <see cref="DrawGroup"/>, and where it draws.</summary>
/// <param name="Placed">The step and its place.</param>
/// <param name="Fill">The fill that the step makes.</param>
/// <param name="Buffer">The tensor that is filled.</param>
/// <param name="Words">The 32-bit words that it takes from the stream, or how far it moves a GPU's offset.</param>
/// <param name="CachedBefore">Whether the generator holds a cached normal when the draw starts.</param>
sealed record Draw(PlacedStep Placed, ElementFill Fill, TensorBuffer Buffer, long Words, bool CachedBefore)
{
    public ViewLayout Layout => Placed.Layout;

    public int Grain => Fill.Rule.Grain(Layout.Extent);

    /// <summary>The stream position of the first element's draw.</summary>
    public long Start { get; set; }

    /// <summary>Whether a later draw of the group covers all of it; then only the stream moves.</summary>
    public bool IsOverwritten { get; set; }

    public double Cost(TorchProfile profile) => IsOverwritten ? 0 : Layout.Count * Fill.Rule.Cost(Buffer.DType, profile);

    /// <summary>Draws the elements from <paramref name="first"/> up to, not including, <paramref name="end"/>.</summary>
    public void Run(long first, long end, StepContext context)
    {
        context.Watch.ThrowIfCancelled();
        bool isCut = context.Watch.IsWatching && end - first > RunWatch.Piece && Grain > 0 && Layout.IsContiguous;
        if (IsOverwritten) { context.Watch.Add(end - first); }
        else if (isCut) { RunInPieces(first, end, context); }
        else if (first == 0 && end == Layout.Count)
        {
            context.Generator.MoveTo(Start);
            context.Run(Placed);
        }
        else { RunPiece(first, end, context); }
    }

    void RunInPieces(long first, long end, StepContext context)
    {
        for (long next; first < end; first = next)
        {
            next = first + RunWatch.Piece / Grain * Grain;
            if (end - next < Grain) { next = end; }
            RunPiece(first, next, context);
        }
    }

    void RunPiece(long first, long end, StepContext context)
    {
        context.Watch.ThrowIfCancelled();
        switch (Buffer.DType)
        {
            case DType.Float32: Run<float>(first, end, context.Generator); break;
            case DType.Float64: Run<double>(first, end, context.Generator); break;
            case DType.Float16: Run<Half>(first, end, context.Generator); break;
            case DType.BFloat16: Run<BFloat16>(first, end, context.Generator); break;
            case DType.Int64: Run<long>(first, end, context.Generator); break;
            case DType.Int32: Run<int>(first, end, context.Generator); break;
            case DType.Int16: Run<short>(first, end, context.Generator); break;
            case DType.Int8: Run<sbyte>(first, end, context.Generator); break;
            case DType.UInt8: Run<byte>(first, end, context.Generator); break;
            default: Run<bool>(first, end, context.Generator); break;
        }
        context.Watch.Add(end - first);
    }

    void Run<T>(long first, long end, Generator generator)
        where T : unmanaged
        => Fill.Draw(Buffer.AsSpan<T>().Slice((int)(Layout.Offset + first), (int)(end - first)), new(Start, first, Layout.Extent),
            generator);
}
