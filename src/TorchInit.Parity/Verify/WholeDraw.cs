namespace TorchInit.Parity;

/// <summary>Compares a whole tensor with what is drawn from one place of a stream, piece by piece, however large it is.</summary>
static class WholeDraw
{
    /// <summary>Elements at a time.</summary>
    const int Piece = 1 << 22;

    /// <summary>Whether a tensor holds all that one step draws, but for what later steps overwrite.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="step">Which of its steps.</param>
    /// <param name="dtype">The floating dtype.</param>
    /// <param name="start">The generator for the step's first draw; it does not advance.</param>
    /// <param name="given">The tensor.</param>
    public static bool IsOfStep(InitPlan plan, int step, DType dtype, Generator start, TensorBuffer given)
    {
        PlacedStep placed = plan.Placed[step];
        // sparse_ keeps some of its normals; which ones, another generator may have decided.
        bool isSparse = placed.Step is SparseStep;
        InitStep drawing = placed.Step is SparseStep sparse ? new NormalStep(sparse.Target, 0, sparse.Std) : placed.Step;
        Predicate<long> isKept = DrawnWords.Kept(plan, step, placed.Tensor);
        PlanStream stream = new(new(plan.Title, plan.Profile, [placed.Tensor], [drawing]), start, dtype, 0);
        return Is(stream, placed.Tensor.Name, placed.Layout.Offset, placed.Layout.Offset + placed.Layout.Count, given,
            (at, actual) => !isKept(at) || isSparse && actual.IndexOfAnyExcept((byte)0) < 0);
    }

    /// <summary>Whether a tensor is what a plan draws, from an element on.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tensor">The tensor's name.</param>
    /// <param name="dtype">The floating dtype.</param>
    /// <param name="start">The generator for the plan's first draw; it does not advance.</param>
    /// <param name="given">The tensor.</param>
    /// <param name="from">The first element compared.</param>
    public static bool IsOfPlan(InitPlan plan, string tensor, DType dtype, Generator start, TensorBuffer given, long from = 0)
        => Is(new(plan, start, dtype, plan.Steps.Count - 1), tensor, from, given.Count, given, (_, _) => false);

    static bool Is(PlanStream stream, string tensor, long from, long end, TensorBuffer given, Excuse isExcused)
    {
        int size = given.DType.ByteSize(), length = (int)Math.Min(Piece, end - from);
        byte[] right = new byte[length * size], actual = new byte[length * size];
        StreamCursor cursor = new();
        for (long at = from; at < end; at += Piece)
        {
            int bytes = (int)Math.Min(Piece, end - at) * size;
            stream.Draw(tensor, at, right.AsSpan(0, bytes), cursor);
            given.Read((int)at, actual.AsSpan(0, bytes));
            if (right.AsSpan(0, bytes).SequenceEqual(actual.AsSpan(0, bytes))) { continue; }
            for (int i = 0; i < bytes; i += size)
            {
                ReadOnlySpan<byte> element = actual.AsSpan(i, size);
                if (!element.SequenceEqual(right.AsSpan(i, size)) && !isExcused(at + i / size, element)) { return false; }
            }
        }
        return true;
    }

    /// <summary>Whether an element may differ.</summary>
    delegate bool Excuse(long at, ReadOnlySpan<byte> actual);
}
