using System.Runtime.InteropServices;

namespace TorchInit;

static partial class TruncNormalByRejection<T, TMath>
{
    /// <summary>Elements that are drawn at once: 4 blocks of the generator, 10 KB of float32.</summary>
    const int Chunk = 4 * Mt19937.Size;

    /// <summary>Elements between two that are asked for, below which drawing on is cheaper than starting anew.</summary>
    const int Near = 8 * Normal.Block;

    /// <summary>With one in as many to redraw, half of the blocks are needed, and drawing all costs less than picking (measured at [−2σ, 2σ]: 8 ms, not 18 at 1e7).</summary>
    const int Many = 32;

    /// <summary>A redraw of which much is asked for: made whole, and each element taken or not.</summary>
    static void RedrawAll(Span<T> tensor, double mean, double std, TMath lowest, TMath highest, Generator generator)
    {
        Span<T> scratch = new T[Chunk];
        int whole = tensor.Length / Normal.Block * Normal.Block;
        int tail = Tail(tensor.Length);
        for (int start = 0; start < whole; start += Chunk)
        {
            Span<T> fresh = scratch[..Math.Min(Chunk, whole - start)];
            Normal.Fill(fresh, mean, std, generator, contiguous: true);
            int taken = Math.Min(start + fresh.Length, tail) - start;
            if (taken > 0) { Replace(tensor.Slice(start, taken), fresh, lowest, highest, generator.Width); }
        }
        if (tail == tensor.Length) { return; }
        generator.Advance(WordsBeforeTail(tensor.Length, generator) - (long)whole * WordsOfOne);
        Normal.Fill(scratch[..Normal.Block], mean, std, generator, contiguous: true);
        Replace(tensor[tail..], scratch, lowest, highest, generator.Width);
    }

    /// <summary>
    /// A redraw of which little is asked for: only blocks with such an element are made, and the generator passes over the others, by a jump where
    /// many lie in a row. A block comes from its own words alone, so it has the bits of a whole fill.
    /// </summary>
    static void RedrawBlocks(Span<T> tensor, List<int> outside, double mean, double std, Generator generator)
    {
        int tail = Tail(tensor.Length);
        Span<T> scratch = new T[Chunk];
        ReadOnlySpan<int> indices = CollectionsMarshal.AsSpan(outside);
        long at = 0;
        while (!indices.IsEmpty)
        {
            bool inTail = indices[0] >= tail;
            int start = inTail ? tail : indices[0] / Normal.Block * Normal.Block;
            int count = inTail ? indices.Length : RunLength(indices, start, tail);
            int end = inTail ? tensor.Length : indices[count - 1] / Normal.Block * Normal.Block + Normal.Block;
            long first = inTail ? WordsBeforeTail(tensor.Length, generator) : (long)start * WordsOfOne;
            generator.Advance(first - at);
            Normal.Fill(scratch[..(end - start)], mean, std, generator, contiguous: true);
            at = first + (long)(end - start) * WordsOfOne;
            foreach (int i in indices[..count]) { tensor[i] = scratch[i - start]; }
            indices = indices[count..];
        }
        generator.Advance(WordsBeforeTail(tensor.Length, generator) + Normal.Block * WordsOfOne - at);
    }

    static int WordsOfOne => typeof(T) == typeof(double) ? 2 : 1;

    /// <summary>Where the length is no multiple of 16, the last 16 elements come from words of their own at the end; else there is no tail.</summary>
    static int Tail(int length) => length % Normal.Block == 0 ? length : length - Normal.Block;

    static long WordsBeforeTail(int length, Generator generator)
    {
        bool none = false;
        return Normal.Words(length, DTypeExtensions.Of<T>(), generator.Profile, contiguous: true, ref none) - Normal.Block * WordsOfOne;
    }

    /// <summary>How many of the indices one fill serves: their blocks follow each other, with a few between that nobody asks for.</summary>
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

    /// <summary>The elements to redraw, rising; null for more than one in <see cref="Many"/> of a long tensor.</summary>
    static List<int>? Outside(ReadOnlySpan<T> tensor, TMath lowest, TMath highest, VectorWidth width)
    {
        List<int> outside = [];
        Span<int> found = stackalloc int[Chunk];
        for (int start = 0; start < tensor.Length; start += Chunk)
        {
            ReadOnlySpan<T> chunk = tensor.Slice(start, Math.Min(Chunk, tensor.Length - start));
            outside.AddRange(Find(chunk, start, lowest, highest, found, width));
            if (tensor.Length >= Normal.Block && outside.Count > Math.Max(tensor.Length, Chunk) / Many) { return null; }
        }
        return outside;
    }

    /// <summary>The indices, counted from <paramref name="start"/>, of a chunk's elements outside.</summary>
    static ReadOnlySpan<int> Find(ReadOnlySpan<T> chunk, int start, TMath lowest, TMath highest, Span<int> found, VectorWidth width)
    {
        int count = 0;
        if (typeof(T) == typeof(float)) { count = OutsideKernel.Find(MemoryMarshal.Cast<T, float>(chunk), float.CreateTruncating(lowest), float.CreateTruncating(highest), found, width); }
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
            OutsideKernel.Replace(Elements.Cast<T, float>(tensor), MemoryMarshal.Cast<T, float>(fresh), float.CreateTruncating(lowest), float.CreateTruncating(highest), width);
            return;
        }
        for (int i = 0; i < tensor.Length; i++)
        {
            if (IsOutside(tensor[i], lowest, highest)) { tensor[i] = fresh[i]; }
        }
    }
}
