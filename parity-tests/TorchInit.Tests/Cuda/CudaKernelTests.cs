using System.Runtime.InteropServices;

namespace TorchInit.Tests.Cuda;

/// <summary>Each kernel against its scalar twin, in every width that runs here.</summary>
public class CudaKernelTests
{
    const int Most = PhiloxKernel.Most;
    const long Counter = (1L << 32) - 3;

    public static TheoryData<string> Widths => [.. VectorWidths.All.Select(width => width.ToString())];

    [Theory, MemberData(nameof(Widths))]
    public void Philox_of_every_count(string width)
    {
        for (int count = 0; count <= Most; count++)
        {
            for (int counters = 1; counters <= PhiloxKernel.MostCounters; counters++)
            {
                // Just below a counter whose high word is another; and rows at every place between two cache lines.
                ulong counter = SplitMix.Word(2, count) & ~0xFFul | (uint)(252 + 4 - counters);
                PhiloxDraws draws = new(SplitMix.Word(1, count), counter, counters, (uint)SplitMix.Word(3, count) >> 4, count);
                Span<uint> rows = new uint[PhiloxRows.Size + 16].AsSpan(count % 16);
                PhiloxRows.Draw(draws, new(draws.Seed, new uint[PhiloxKeys.Size]), rows, Enum.Parse<VectorWidth>(width));
                for (int j = 0; j < counters; j++)
                {
                    for (int i = 0; i < count; i++)
                    {
                        Assert.Equal(Philox.Words(draws.Seed, counter + (uint)j, draws.Thread + (uint)i), new PhiloxRows(rows, j)[i]);
                    }
                }
            }
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Uniforms_of_every_length(string width)
    {
        foreach ((float from, float to) in new[] { (-0.3f, 0.41f), (0f, 1f), (1f, 1.0000002f), (0f, 0f) })
        {
            CudaUniform<float> op = new(from, to, CudaVector.Profile);
            for (int length = 0; length <= 70; length++)
            {
                uint[] words = Words(length, (ulong)length);
                float[] actual = new float[length];
                new CudaUniformKernel(op.From, op.Range, op.To).Transform(words, MemoryMarshal.Cast<float, uint>(actual.AsSpan()),
                    Enum.Parse<VectorWidth>(width));
                AssertBits.Equal([.. words.Select(word => op.Invoke(new(word, 0, 0, 0), 0))], actual);
            }
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Normals_of_every_length(string width)
    {
        for (int length = 0; length <= 70; length++)
        {
            uint[] firsts = Words(length, (ulong)length), seconds = Words(length, 100 + (ulong)length);
            CompareNormals(firsts, seconds, width);
        }
    }

    /// <summary>Angles all over the turn, and all of those at its quarters, where the parabola overshoots.</summary>
    [Theory, MemberData(nameof(Widths))]
    public void Normals_of_every_angle(string width)
    {
        uint[] all = new uint[1 << 20];
        for (int i = 0; i < all.Length; i++) { all[i] = (uint)i * 4096 + (uint)i * 2654435761u % 4096; }
        CompareNormals(all, all, width);
        foreach (uint quarter in new[] { 0u, 1u << 30, 1u << 31, 3u << 30 })
        {
            uint[] near = [.. Enumerable.Range(-70_000, 140_000).Select(step => quarter + (uint)step)];
            CompareNormals(Words(near.Length, quarter), near, width);
        }
    }

    static void CompareNormals(uint[] firsts, uint[] seconds, string width)
    {
        float[] sines = new float[firsts.Length], cosines = new float[firsts.Length];
        CudaNormalKernel.Transform(firsts, seconds, sines, cosines, 0.3f, 1.7f, new uint[CudaNormalKernel.Scratch],
            Enum.Parse<VectorWidth>(width));
        CudaNormal<float> op = new(0.3, 1.7);
        AssertBits.Equal([.. firsts.Zip(seconds, (first, second) => op.Invoke(new(first, second, 0, 0), 0))], sines);
        AssertBits.Equal([.. firsts.Zip(seconds, (first, second) => op.Invoke(new(first, second, 0, 0), 1))], cosines);
    }

    /// <summary>Radii of 0 have the sign of the product: −0 where u is 1.</summary>
    [Theory, MemberData(nameof(Widths))]
    public void A_radius_of_nothing(string width)
    {
        uint[] firsts = [.. Enumerable.Repeat(uint.MaxValue, 32)], seconds = Words(32, 7);
        float[] sines = new float[32], cosines = new float[32];
        CudaNormalKernel.Transform(firsts, seconds, sines, cosines, 0, 1, new uint[CudaNormalKernel.Scratch],
            Enum.Parse<VectorWidth>(width));
        CudaNormal<float> op = new(0, 1);
        AssertBits.Equal([.. seconds.Select(second => op.Invoke(new(uint.MaxValue, second, 0, 0), 0))], sines);
        Assert.All(sines.Concat(cosines), value => Assert.Equal(0, value));
    }

    public static TheoryData<string, DType> WidthsAndTypes
        => [.. from width in VectorWidths.All
               from dtype in new[] { DType.Float32, DType.Float64, DType.Float16, DType.BFloat16 }
               select (width.ToString(), dtype)];

    /// <summary>Every size class of a launch, every component, any part: the same elements as one by one.</summary>
    [Theory, MemberData(nameof(WidthsAndTypes))]
    public void Fills_are_their_elements(string width, DType dtype)
    {
        switch (dtype)
        {
            case DType.Float32: Compare<float>(width); break;
            case DType.Float64: Compare<double>(width); break;
            case DType.Float16: Compare<Half>(width); break;
            default: Compare<BFloat16>(width); break;
        }
    }

    static void Compare<T>(string width)
        where T : unmanaged
    {
        // More threads than one pass of the kernels takes; and counters of which some have another high word.
        TorchProfile profile = TorchProfile.Cuda("2.11", new(5, 256));
        int threads = 5 * 256;
        Random random = new(5);
        foreach (int count in (int[])[1, 255, 256, 257, threads - 1, threads, threads + 1, 2 * threads + 3, 4 * threads - 1, 4 * threads,
            4 * threads + 1, 8 * threads + 5, 23 * threads + 100])
        {
            foreach (ElementFill fill in (ElementFill[])[new(profile.Fills.Uniform, -0.3, 0.41), new(profile.Fills.Uniform, 0.99, 1),
                new(profile.Fills.Normal, 0.3, 1.7)])
            {
                Generator generator = new(count, profile) { Width = Enum.Parse<VectorWidth>(width) };
                generator.Advance(4 * Counter);
                FillPart whole = new(generator.Position, 0, new(count));
                T[] actual = new T[count], parts = new T[count], expected = new T[count];
                fill.Draw<T>(actual, whole, generator);
                for (int at = 0; at < count; at++) { expected[at] = One<T>(fill, at, count, threads, profile); }
                Equal(expected, actual);
                for (int first = 0, end; first < count; first = end)
                {
                    end = Math.Min(count, first + random.Next(1, 2 * threads));
                    fill.Draw(parts.AsSpan(first..end), whole with { First = first }, generator);
                }
                Equal(expected, parts);
            }
        }
    }

    /// <summary>An element by the text of the rule: thread, draw, component.</summary>
    static T One<T>(ElementFill fill, int at, int count, int most, TorchProfile profile)
        where T : unmanaged
    {
        int threads = Math.Min((count + 255) / 256 * 256, most), perDraw = typeof(T) == typeof(double) ? 2 : 4;
        PhiloxWords words = Philox.Words((ulong)count, (ulong)(Counter + at / threads / perDraw), (ulong)(at % threads));
        int component = at / threads % perDraw;
        bool uniform = fill.Rule == profile.Fills.Uniform;
        if (typeof(T) == typeof(double))
        {
            double value = uniform ? new CudaUniformFloat64(fill.A, fill.B, profile).Invoke(words, component)
                : new CudaNormalFloat64(fill.A, fill.B).Invoke(words, component);
            return Elements.FromDouble<T>(value);
        }
        return uniform ? new CudaUniform<T>(fill.A, fill.B, profile).Invoke(words, component)
            : new CudaNormal<T>(fill.A, fill.B).Invoke(words, component);
    }

    static void Equal<T>(T[] expected, T[] actual)
        where T : unmanaged
        => Assert.True(MemoryMarshal.AsBytes(expected.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(actual.AsSpan())));

    static uint[] Words(int length, ulong seed)
        => [.. Enumerable.Range(0, length).Select(i => i % 7 == 3 ? uint.MaxValue - (uint)i : (uint)SplitMix.Word(seed, i))];
}
