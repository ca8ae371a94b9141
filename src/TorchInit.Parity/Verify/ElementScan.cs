namespace TorchInit.Parity;

/// <summary>A run of equal elements.</summary>
/// <param name="Start">The index of the first within its region.</param>
/// <param name="Count">How many.</param>
/// <param name="Value">The value.</param>
readonly record struct EqualRun(int Start, int Count, double Value);

/// <summary>Looks at every element of a region, however large; detectors look at samples.</summary>
/// <param name="NotFinite">Elements that are NaN or infinite where the law allows neither.</param>
/// <param name="FirstNotFinite">The position of the first; −1 for none.</param>
/// <param name="FirstImpossible">The position of the first element outside of the law's support; −1 for none.</param>
/// <param name="Runs">Runs of 16 or more equal values, which the law does not produce.</param>
/// <param name="Zeros">Elements that are 0.</param>
/// <param name="FirstZero">The position of the first; −1 for none.</param>
/// <param name="HasTooManyZeros">Whether the law gives so many by chance in fewer than one such region of 10¹².</param>
sealed record ElementScan(long NotFinite, int FirstNotFinite, int FirstImpossible, IReadOnlyList<EqualRun> Runs, long Zeros = 0,
    int FirstZero = -1, bool HasTooManyZeros = false)
{
    const int Fewest = 16;

    // A run this long occurs by chance in one such region of a billion.
    const double Chance = 1e-9;

    const double ChanceOfZeros = 1e-12;

    // A uniform of 24 bits is one number once in 2²⁴; four times as often allows for every rounding on the way.
    const double MostZeros = 1.0 / (1 << 22), Smallest = 1e-44;

    /// <summary>Whether anything is wrong that a single look at each element tells.</summary>
    public bool Accuses => FirstImpossible >= 0 || Runs.Count > 0 || HasTooManyZeros;

    /// <summary>Scans at a few nanoseconds an element.</summary>
    public static ElementScan Of(LawRegion region, TensorBuffer tensor)
    {
        Law law = region.Law!;
        (double low, double high) = SupportDetector.Bounds(law);
        int count = region.CountOf(tensor.Count);
        bool runsAreWrong = law is not ConstantLaw && count * Math.Pow(law.Collision, Fewest - 1) < Chance;
        (long notFinite, int firstNotFinite, int firstImpossible, long zeros, int firstZero) = (0, -1, -1, 0, -1);
        List<EqualRun> runs = [];
        EqualRun run = new(0, 0, double.NaN);
        for (int i = 0; i < count; i++)
        {
            int position = region.Position(i);
            double value = Elements64.At(tensor, position);
            if (value == 0 && zeros++ == 0) { firstZero = position; }
            if (value == run.Value) { run = run with { Count = run.Count + 1 }; }
            else
            {
                Keep(run);
                run = new(i, 1, value);
            }
            if (value >= low && value <= high) { continue; }
            if (firstImpossible < 0) { firstImpossible = position; }
            if (double.IsFinite(value)) { continue; }
            notFinite++;
            if (firstNotFinite < 0) { firstNotFinite = position; }
        }
        Keep(run);
        return new(notFinite, firstNotFinite, firstImpossible, runs, zeros, firstZero, IsTooMany(law, zeros, count));

        void Keep(EqualRun ended)
        {
            if (runsAreWrong && ended.Count >= Fewest) { runs.Add(ended); }
        }
    }

    /// <summary>A radius of 0 makes a pair of normals 0: pairs are counted.</summary>
    static bool IsTooMany(Law law, long zeros, int count)
    {
        if (zeros < 2 || law is ConstantLaw || !law.ElementsAreIndependent) { return false; }
        double chance = Math.Max(MostZeros, law.AtMost(Smallest) - law.Below(-Smallest));
        return CountTails.PoissonAtLeast((zeros + 1) / 2, chance * count / 2) < ChanceOfZeros;
    }
}
