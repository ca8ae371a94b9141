using System.Runtime.InteropServices;

namespace TorchInit;

static partial class TruncNormalByRejection<T, TMath>
{
    /// <summary>Elements drawn at once: 4 blocks of the generator, 10 KB of float32.</summary>
    const int Chunk = 4 * Mt19937.Size;

    /// <summary>The gap between two requested elements below which drawing on is cheaper than starting again.</summary>
    const int Near = 8 * NormalFill.Block;

    /// <summary>If one element in this many must be redrawn, half of the blocks are needed, and drawing all of them is faster than picking
    /// (measured at [−2σ, 2σ]: 8 ms against 18 ms for 1e7 elements).</summary>
    const int Many = 32;

    /// <summary>A redraw of many elements: draws all, and keeps only those that replace an element outside.</summary>
    static void RedrawAll(Span<T> tensor, double mean, double std, TMath lowest, TMath highest, Generator generator)
    {
        FillPart round = new(generator.Position, 0, new(tensor.Length));
        Span<T> scratch = new T[Chunk];
        // Chunks of whole blocks; the last chunk includes the tail, so it has 16 elements or more.
        for (int start = 0, count; start < tensor.Length; start += count)
        {
            count = tensor.Length - start is var left && left < Chunk + NormalFill.Block ? left : Chunk;
            if (count > scratch.Length) { scratch = new T[count]; }
            DrawPart(scratch[..count], round with { First = start }, mean, std, generator);
            Replace(tensor.Slice(start, count), scratch, lowest, highest, generator.Width);
        }
    }

    /// <summary>
    /// A redraw of few elements: draws only the blocks that contain one; the generator skips the others, with a jump over long gaps. A
    /// block depends on its own words alone, so it has the bits of a whole fill.
    /// </summary>
    static void RedrawBlocks(Span<T> tensor, List<int> outside, double mean, double std, Generator generator)
    {
        FillPart round = new(generator.Position, 0, new(tensor.Length));
        int tail = Tail(tensor.Length);
        Span<T> scratch = new T[Chunk];
        ReadOnlySpan<int> indices = CollectionsMarshal.AsSpan(outside);
        while (!indices.IsEmpty)
        {
            bool inTail = indices[0] >= tail;
            int start = inTail ? tail : indices[0] / NormalFill.Block * NormalFill.Block;
            int count = inTail ? indices.Length : RunLength(indices, start, tail);
            int end = inTail ? tensor.Length : Math.Min(indices[count - 1] / NormalFill.Block * NormalFill.Block + NormalFill.Block, tail);
            DrawPart(scratch[..(end - start)], round with { First = start }, mean, std, generator);
            foreach (int i in indices[..count]) { tensor[i] = scratch[i - start]; }
            indices = indices[count..];
        }
        bool none = false;
        generator.MoveTo(round.Start + generator.Profile.Fills.Normal.Length(round.Whole, DType.Of<T>(), generator.Profile, ref none));
    }

    /// <summary>Draws part of a normal fill. On a CPU it calls NormalFill directly: a generic virtual call looks up its method each time,
    /// which made redraws of a thousand short parts 7 % slower.</summary>
    static void DrawPart(Span<T> part, FillPart at, double mean, double std, Generator generator)
    {
        if (generator.Profile.Fills is CpuFills) { NormalFill.Draw(part, at, mean, std, generator); }
        else { generator.Profile.Fills.Normal.Draw(part, at, mean, std, generator); }
    }

    /// <summary>Where the tail starts. If the length is not a multiple of 16, the last 16 elements use extra words at the end; else there
    /// is no tail.</summary>
    static int Tail(int length) => length % NormalFill.Block == 0 ? length : length - NormalFill.Block;

    /// <summary>How many of the indices one draw serves: their blocks follow each other, with small gaps.</summary>
    static int RunLength(ReadOnlySpan<int> indices, int start, int tail)
    {
        int most = Math.Min(tail, start + Chunk);
        int count = 1;
        while (count < indices.Length && indices[count] < most && indices[count] - indices[count - 1] < Near) { count++; }
        return count;
    }

    static List<int> Outside(ReadOnlySpan<T> tensor, List<int> among, TMath lowest, TMath highest)
    {
        List<int> outside = [];
        foreach (int i in among)
        {
            if (IsOutside(tensor[i], lowest, highest)) { outside.Add(i); }
        }
        return outside;
    }

    /// <summary>The indices to redraw, ascending; null if more than one in <see cref="Many"/> of a long tensor.</summary>
    static List<int>? Outside(ReadOnlySpan<T> tensor, TMath lowest, TMath highest, VectorWidth width)
    {
        List<int> outside = [];
        Span<int> found = stackalloc int[Chunk];
        for (int start = 0; start < tensor.Length; start += Chunk)
        {
            ReadOnlySpan<T> chunk = tensor.Slice(start, Math.Min(Chunk, tensor.Length - start));
            outside.AddRange(Find(chunk, start, lowest, highest, found, width));
            if (tensor.Length >= NormalFill.Block && outside.Count > Math.Max(tensor.Length, Chunk) / Many) { return null; }
        }
        return outside;
    }

    /// <summary>The indices of a chunk's elements outside the bounds, counted from <paramref name="start"/>.</summary>
    static ReadOnlySpan<int> Find(ReadOnlySpan<T> chunk, int start, TMath lowest, TMath highest, Span<int> found, VectorWidth width)
    {
        int count = 0;
        if (typeof(T) == typeof(float))
        {
            count = OutsideKernel.Find(MemoryMarshal.Cast<T, float>(chunk), float.CreateTruncating(lowest),
                float.CreateTruncating(highest), found, width);
        }
        else
        {
            for (int i = 0; i < chunk.Length; i++)
            {
                if (IsOutside(chunk[i], lowest, highest)) { found[count++] = i; }
            }
        }
        foreach (ref int i in found[..count]) { i += start; }
        return found[..count];
    }

    static void Replace(Span<T> tensor, ReadOnlySpan<T> fresh, TMath lowest, TMath highest, VectorWidth width)
    {
        if (typeof(T) == typeof(float))
        {
            OutsideKernel.Replace(Elements.Cast<T, float>(tensor), MemoryMarshal.Cast<T, float>(fresh), float.CreateTruncating(lowest),
                float.CreateTruncating(highest), width);
            return;
        }
        for (int i = 0; i < tensor.Length; i++)
        {
            if (IsOutside(tensor[i], lowest, highest)) { tensor[i] = fresh[i]; }
        }
    }
}
