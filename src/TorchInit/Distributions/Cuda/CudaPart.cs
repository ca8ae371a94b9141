using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>Part of a launch: its elements from <paramref name="First"/> on.</summary>
/// <param name="Launch">The launch.</param>
/// <param name="Seed">The generator's seed.</param>
/// <param name="First">The index of the part's first element in the launch.</param>
readonly record struct CudaPart(CudaLaunch Launch, ulong Seed, long First)
{
    /// <summary>Draws of a part, for one or more counters: of the threads from Thread on, the components From to End; the first is the
    /// part's element Position, and those of each further component follow T elements later.</summary>
    public readonly record struct Run(ulong Counter, int Counters, long Thread, int Count, int From, int End, int Position);

    /// <summary>The part's elements, as runs of threads with the same components: at most three runs per draw, and one run for several
    /// draws that are entirely in the part.</summary>
    public IEnumerable<Run> Runs(int length, int perDraw)
    {
        long threads = Launch.Threads, drawn = threads * perDraw;
        for (long draw = First / drawn; draw * drawn < First + length; draw++)
        {
            long origin = draw * drawn - First;              // the index of thread 0's first component in the part
            long low = Math.Max(-origin, 0), high = Math.Min(length - origin, drawn);
            ulong counter = Launch.Offset / 4 + (ulong)draw;
            if (low == 0 && high == drawn)
            {
                // Counters of one run have the same high word.
                long whole = Math.Min(Math.Min((length - origin) / drawn, PhiloxKernel.MostCounters), (1L << 32) - (uint)counter);
                yield return new(counter, (int)whole, 0, (int)threads, 0, perDraw, (int)origin);
                draw += whole - 1;
                continue;
            }
            long lowThread = low % threads, highThread = high % threads;
            long[] borders = [0, Math.Min(lowThread, highThread), Math.Max(lowThread, highThread), threads];
            for (int i = 0; i < 3; i++)
            {
                (long thread, long behind) = (borders[i], borders[i + 1]);
                int from = (int)(low / threads) + (thread < lowThread ? 1 : 0), end = (int)(high / threads) + (thread < highThread ? 1 : 0);
                if (thread == behind || from >= end) { continue; }
                yield return new(counter, 1, thread, (int)(behind - thread), from, end,
                    (int)(origin + from * threads + thread));
            }
        }
    }

    /// <summary>Computes the elements of the part.</summary>
    public void Fill<T, TOperator>(Span<T> part, TOperator op, VectorWidth width)
        where T : unmanaged
        where TOperator : struct, ICudaOperator<T>
    {
        int threads = (int)Launch.Threads;
        Span<uint> words = stackalloc uint[PhiloxRows.Size + CacheLine.Words];
        words = words[CacheLine.WordsBefore(ref words[0])..];
        PhiloxKeys keys = new(Seed, stackalloc uint[PhiloxKeys.Size]);
        foreach (Run run in Runs(part.Length, TOperator.PerDraw))
        {
            PhiloxDraws draws = new(Seed, run.Counter, run.Counters, (uint)run.Thread, run.Count);
            int done = run.From == 0 && run.End == TOperator.PerDraw ? op.FillWhole(draws, keys, part[run.Position..], threads, width) : 0;
            // The stores of a long run, except the first and the last, are aligned to cache lines.
            int first = run.Count < 16 * PhiloxKernel.Most ? PhiloxKernel.Most
                : PhiloxKernel.Most - CacheLine.Words + CacheLine.WordsBefore(ref Unsafe.As<T, uint>(ref part[run.Position + done]));
            for (int count; done < run.Count; done += count)
            {
                count = Math.Min(run.Count - done, done == 0 ? first : PhiloxKernel.Most);
                PhiloxRows.Draw(draws with { Thread = draws.Thread + (uint)done, Threads = count }, keys, words, width);
                for (int component = run.From, j = 0; j < run.Counters;)
                {
                    PhiloxRows rows = new(words, j);
                    int position = run.Position + (j * TOperator.PerDraw + component - run.From) * threads + done;
                    Span<T> next = component + 1 < run.End ? part.Slice(position + threads, count) : default;
                    component += op.Fill(rows, component, part.Slice(position, count), next, width);
                    if (component >= run.End) { (component, j) = (run.From, j + 1); }
                }
            }
        }
    }
}
