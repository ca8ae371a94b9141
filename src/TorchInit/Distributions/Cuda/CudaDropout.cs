using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>
/// <c>F.dropout</c> on a GPU, torch's fused kernel: x · (u &lt; 1 − p) · 1 / (1 − p), in float32 for 16 bits. u is a float32 also for
/// float64. Threads take several neighbours at a time where the number of elements and their place in memory allow it, so these decide
/// which word is whose.
/// </summary>
static class CudaDropout
{
    /// <summary>The most neighbours that a thread takes at a time: those of 16 bits that have 16 bytes.</summary>
    public const int MostNeighbours = 8;

    const int PerDraw = 4;

    /// <summary>How far it moves the offset.</summary>
    public static long Length(long count, Gpu gpu) => CudaLaunch.Increment(count, PerDraw, gpu);

    /// <summary>The most neighbours of elements whose first one has this place in its allocation.</summary>
    public static int MostAt(long place) => place == 0 ? MostNeighbours : (int)Math.Min(MostNeighbours, place & -place);

    /// <summary>How many neighbours a thread takes at a time: as many as have 16 bytes, up to <paramref name="most"/>, if they divide the
    /// number of elements.</summary>
    /// <exception cref="NotFollowedException">A torch before 2.11 may take another number: up to 4, whatever their bytes.</exception>
    public static int Neighbours<T>(long count, int most, TorchProfile profile)
        where T : unmanaged
    {
        (int byBytes, int byNumber) = (Dividing(16 / Unsafe.SizeOf<T>()), Dividing(4));
        if (byBytes == byNumber || profile.Has(2, 11)) { return byBytes; }
        throw new NotFollowedException($"dropout of {count} elements of {DType.Of<T>().TorchName()} is not followed in {profile}: its "
            + $"threads take {byBytes} neighbours at a time or {byNumber}, and which of these is not known before 2.11; allowed: torch "
            + "2.11 to 2.13, or float32.");

        int Dividing(int largest) => (int)Math.Min(Math.Min(largest, most), count & -count);
    }

    /// <summary>Refuses what torch's kernel has no form for.</summary>
    public static void Check<T>(TorchProfile profile)
        where T : unmanaged
    {
        if (DType.Of<T>().IsFloatingPoint()) { return; }
        throw TorchArgumentException.NotImplemented(profile, "dtype", DType.Of<T>().TorchName(), "float32, float64, float16, bfloat16",
            $"\"fused_dropout\" not implemented for '{Elements.ScalarTypeName<T>()}'");
    }

    /// <summary>1 − p as the kernel compares it.</summary>
    public static double Kept<T>(double p)
        where T : unmanaged
        => typeof(T) == typeof(double) ? 1 - p : (float)(1 - p);

    /// <summary>What the kernel multiplies by what is kept.</summary>
    public static double Scale<T>(double p)
        where T : unmanaged
        => typeof(T) == typeof(double) ? 1 / Kept<T>(p) : (float)(1 / Kept<T>(p));

    /// <summary>Applies it to the elements in the order of the kernel's indices: the logical order for 1 neighbour, else that of their
    /// memory.</summary>
    public static void Apply<T>(Span<T> tensor, double p, int neighbours, Generator generator)
        where T : unmanaged
    {
        Gpu gpu = generator.Profile.Gpu!;
        long threads = CudaLaunch.ThreadsOf(tensor.Length, gpu);
        ulong counter = generator.Offset!.Value / 4;
        (double kept, double scale) = (Kept<T>(p), Scale<T>(p));
        // Neighbours begin a draw of their thread; 2 of them leave its other half unused, which torch's kernel meant to use next.
        int perTurn = neighbours == 1 ? 1 : Math.Max(neighbours, PerDraw);
        PhiloxWords words = default;
        for (int i = 0; i < tensor.Length; i++)
        {
            (long turn, long thread) = Math.DivRem(i / neighbours, threads);
            long place = turn * perTurn + i % neighbours;              // among the words of the thread
            (long draw, long component) = Math.DivRem(place, PerDraw);
            if (neighbours == 1 || component == 0) { words = Philox.Words(generator.InitialSeed, counter + (ulong)draw, (ulong)thread); }
            tensor[i] = Scaled(tensor[i], CudaUnits.Float(words[(int)component]) < kept ? 1 : 0, scale);
        }
        CudaNaN.Unify(tensor);
        generator.MoveTo(unchecked(generator.Position + Length(tensor.Length, gpu)));
    }

    static T Scaled<T>(T x, int mask, double scale)
        where T : unmanaged
        => typeof(T) == typeof(double) ? Elements.FromDouble<T>(Elements.ToDouble(x) * mask * scale)
            : Elements.FromFloat<T>(Elements.ToFloat(x) * mask * (float)scale);
}
