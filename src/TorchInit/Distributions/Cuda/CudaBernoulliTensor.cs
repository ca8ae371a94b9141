namespace TorchInit;

/// <summary>
/// <c>bernoulli_(p)</c> on a GPU with one probability per element: 1 where u ≤ p, with u a float32 and p rounded to one unless the elements
/// are float64. Thread t makes the elements 4t to 4t + 3 from one draw; there are as many threads as that takes, so every GPU draws alike.
/// </summary>
static class CudaBernoulliTensor
{
    const int PerDraw = 4;

    /// <summary>How far it moves the offset; torch asks for 10, of which the next multiple of 4 is taken.</summary>
    public static long Length(long count) => count == 0 ? 0 : 12;

    public static void Draw<T, TProbability>(Span<T> tensor, ReadOnlySpan<TProbability> probabilities, Generator generator)
        where T : unmanaged
        where TProbability : unmanaged
    {
        // An invalid probability ends torch's whole launch, so none of it is drawn.
        foreach (TProbability p in probabilities)
        {
            if (Compared<T, TProbability>(p) is not (>= 0 and <= 1))
            {
                throw TorchArgumentException.RuntimeError("p", Elements.ToDouble(p), "0 to 1 in every element",
                    "CUDA error: device-side assert triggered");
            }
        }
        ulong counter = generator.Offset!.Value / 4;
        PhiloxWords words = default;
        for (int i = 0; i < tensor.Length; i++)
        {
            if (i % PerDraw == 0) { words = Philox.Words(generator.InitialSeed, counter, (ulong)(i / PerDraw)); }
            float u = CudaUnits.Float(words[i % PerDraw]);
            tensor[i] = DrawElements.FromInteger<T>(u <= Compared<T, TProbability>(probabilities[i]) ? 1 : 0);
        }
        generator.MoveTo(unchecked(generator.Position + Length(tensor.Length)));
    }

    static double Compared<T, TProbability>(TProbability p)
        where T : unmanaged
        where TProbability : unmanaged
        => typeof(T) == typeof(double) ? Elements.ToDouble(p) : (float)Elements.ToDouble(p);
}
