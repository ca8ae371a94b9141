namespace TorchInit;

/// <summary>A part of a launch: its elements from <paramref name="First"/> on.</summary>
/// <param name="Launch">The launch.</param>
/// <param name="Seed">The generator's.</param>
/// <param name="First">Counted from the launch's first element.</param>
readonly record struct CudaPart(CudaLaunch Launch, ulong Seed, long First)
{
    /// <summary>The draws that make a part: of the threads from Thread on, the elements from component From to component End; the first is
    /// the part's element Position, and each next component's lie T elements behind.</summary>
    public readonly record struct Run(ulong Counter, long Thread, int Count, int From, int End, int Position);

    /// <summary>The part's elements, as runs of threads that make the same components of their draws: at most three a draw.</summary>
    public IEnumerable<Run> Runs(int length, int perDraw)
    {
        long threads = Launch.Threads, drawn = threads * perDraw;
        for (long draw = First / drawn; draw * drawn < First + length; draw++)
        {
            long origin = draw * drawn - First;              // the place of thread 0's first component in the part
            long low = Math.Max(-origin, 0), high = Math.Min(length - origin, drawn);
            long lowThread = low % threads, highThread = high % threads;
            long[] borders = [0, Math.Min(lowThread, highThread), Math.Max(lowThread, highThread), threads];
            for (int i = 0; i < 3; i++)
            {
                (long thread, long behind) = (borders[i], borders[i + 1]);
                int from = (int)(low / threads) + (thread < lowThread ? 1 : 0), end = (int)(high / threads) + (thread < highThread ? 1 : 0);
                if (thread == behind || from >= end) { continue; }
                yield return new(Launch.Offset / 4 + (ulong)draw, thread, (int)(behind - thread), from, end,
                    (int)(origin + from * threads + thread));
            }
        }
    }

    /// <summary>Makes the elements of the part.</summary>
    public void Fill<T, TOperator>(Span<T> part, TOperator op, VectorWidth width)
        where T : unmanaged
        where TOperator : struct, ICudaOperator<T>
    {
        int threads = (int)Launch.Threads;
        Span<uint> words = stackalloc uint[4 * PhiloxKernel.Most];
        PhiloxRows rows = new(words);
        foreach (Run run in Runs(part.Length, TOperator.PerDraw))
        {
            for (int done = 0; done < run.Count; done += PhiloxKernel.Most)
            {
                int count = Math.Min(run.Count - done, PhiloxKernel.Most);
                PhiloxKernel.Fill(Seed, run.Counter, (uint)(run.Thread + done), words, count, width);
                for (int component = run.From; component < run.End;)
                {
                    int position = run.Position + (component - run.From) * threads + done;
                    Span<T> next = component + 1 < run.End ? part.Slice(position + threads, count) : default;
                    component += op.Fill(rows, component, part.Slice(position, count), next, width);
                }
            }
        }
    }
}
