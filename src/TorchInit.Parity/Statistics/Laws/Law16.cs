namespace TorchInit.Parity;

/// <summary>The laws of float16 and bfloat16 fills. Up to torch 2.11 a draw has few bits and every value can be counted; since 2.12 a
/// float32 draw is rounded once.</summary>
static class Law16
{
    const double Least = 1e-300;

    public static Law Uniform<T>(double from, double to, TorchProfile profile)
        where T : unmanaged
    {
        if (profile.Draws16BitsByFloat32)
        {
            double excluded = Elements.Round<T>((float)to);
            double lowest = Elements.Round<T>((float)from);
            // A GPU first rounds the bounds to the type, and their difference.
            (float rounded, float between) = Bounds<T>(from, to);
            UniformLaw law = profile.Gpu is null ? new((float)from, (float)to, 24) : new(rounded, rounded + between, 24);
            return new GridLaw($"{law}", Rounded<T>(law, law.From, law.To)
                .Select(point => point.Value == excluded ? (lowest, point.Weight) : point));
        }
        (float low, float range) = Bounds<T>(from, to);
        return new GridLaw($"U({from:G4}, {to:G4})", Units<T>().Select(unit => ((double)Elements.Round<T>(unit * range + low), 1.0)));
    }

    /// <summary>For fewer than 16 elements, for strided views, and for all since 2.12.</summary>
    public static Law NormalRounded<T>(double mean, double std)
        where T : unmanaged
    {
        NormalLaw law = new(mean, std, 53, 53);
        return new GridLaw($"{law}", Rounded<T>(law, law.Support.Low, law.Support.High));
    }

    public static Law TruncNormal<T>(TruncNormalStep step, TorchProfile profile)
        where T : unmanaged
    {
        string name = $"N({step.Mean:G4}, {step.Std:G4}²) in [{step.A:G4}, {step.B:G4}]";
        double below = NormalLaw.Cumulative((step.A - step.Mean) / step.Std);
        double upTo = NormalLaw.Cumulative((step.B - step.Mean) / step.Std);
        if (profile.TruncatesByRejection && upTo - below <= TruncNormalByRejection<T, float>.EnoughMass)
        {
            return new GridLaw(name, Accepted<T>(step, profile));
        }
        if (profile.TruncatesByRejection)
        {
            // A rounded normal is kept when it is inside the rounded bounds.
            (double low, double high) = (Elements.Round<T>((float)step.A), Elements.Round<T>((float)step.B));
            NormalLaw law = new(step.Mean, step.Std, 24, 24);
            return new GridLaw(name, Rounded<T>(law, law.Support.Low, law.Support.High)
                .Where(point => point.Value >= low && point.Value <= high));
        }
        if (profile.Gpu is not null)
        {
            GridLaw uniform = (GridLaw)Uniform<T>(2 * below - 1, 2 * upTo - 1, profile);
            T[] drawn = [.. uniform.Points.Select(point => Elements.FromDouble<T>(point.Value))];
            profile.Fills.TruncateByErfInv<T>(drawn, step.Std, step.Mean, step.A, step.B, profile);
            return new GridLaw(name, drawn.Zip(uniform.Points, (value, point) => ((double)Elements.ToFloat(value), point.Weight)));
        }
        (float from, float range) = Bounds<T>(2 * below - 1, 2 * upTo - 1);
        T[] values = [.. Units<T>().Select(unit => Elements.FromFloat<T>(unit * range + from))];
        TruncNormalByErfInv.FromUniform<T>(values, (float)(step.Std * Math.Sqrt(2.0)), (float)step.Mean, (float)step.A, (float)step.B,
            profile);
        return new GridLaw(name, values.Select(value => ((double)Elements.ToFloat(value), 1.0)));
    }

    /// <summary>
    /// A uniform candidate, kept where the logarithm of a uniform of 16 bits is at most its log density, in 16 bits too. In bfloat16 that
    /// is visibly not the truncated normal: this is what torch draws.
    /// </summary>
    static IEnumerable<(double Value, double Weight)> Accepted<T>(TruncNormalStep step, TorchProfile profile)
        where T : unmanaged
    {
        // By logarithm, with the weights of all up to each: a candidate is accepted by a search, not by a sum over all draws.
        (float Log, double Weight)[] acceptance = [.. ((GridLaw)Uniform<T>(0, 1, profile)).Points
            .Select(point => (TruncNormalByRejection<T, float>.Log(Elements.FromDouble<T>(point.Value), profile), point.Weight))
            .OrderBy(draw => draw.Item1)];
        float[] logs = [.. acceptance.Select(draw => draw.Log)];
        double[] upTo = new double[logs.Length + 1];
        for (int at = 0; at < logs.Length; at++) { upTo[at + 1] = upTo[at] + acceptance[at].Weight; }
        TruncNormalByRejection<T, float>.LogDensity density = TruncNormalByRejection<T, float>.LogDensity.Of(step.Mean, step.Std, step.A,
            step.B, profile);
        return ((GridLaw)Uniform<T>(step.A, step.B, profile)).Points.Select(point =>
        {
            float most = density.Of(Elements.FromDouble<T>(point.Value));
            return (point.Value, point.Weight * upTo[CountUpTo(logs, most)]);
        });
    }

    /// <summary>How many of ascending numbers are at most a number.</summary>
    static int CountUpTo(float[] ascending, float most)
    {
        (int low, int high) = (0, ascending.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ascending[middle] <= most) { low = middle + 1; }
            else { high = middle; }
        }
        return low;
    }

    /// <summary>Every value of the type between two numbers, with the probability of all that rounds to it; beyond the greatest lies
    /// infinity.</summary>
    internal static IEnumerable<(double Value, double Weight)> Rounded<T>(Law law, double low, double high)
        where T : unmanaged
    {
        double greatest = Elements.MaxValue<T>();
        double beyond = greatest + (greatest + Next<T>(-greatest)) / 2;
        double value = Elements.Round<T>((float)low);
        double below = 0;
        while (true)
        {
            double next = value == double.PositiveInfinity ? value : value == double.NegativeInfinity ? -greatest : Next<T>(value);
            double edge = double.IsInfinity(value) ? value < 0 ? -beyond : double.PositiveInfinity : double.IsInfinity(next) ? beyond
                : (value + next) / 2;
            // Ties round to even.
            double upTo = value >= high || next == value ? 1 : IsEven<T>(value) ? law.AtMost(edge) : law.Below(edge);
            // So few numbers round to 0 that their share vanishes, but torch draws 0 itself once in 2²⁴.
            yield return (value, value == 0 ? Math.Max(upTo - below, Least) : upTo - below);
            if (upTo >= 1) { yield break; }
            (value, below) = (next, upTo);
        }
    }

    static bool IsEven<T>(double value)
        where T : unmanaged
        => typeof(T) == typeof(Half) ? (BitConverter.HalfToInt16Bits((Half)value) & 1) == 0
            : (BitConverter.SingleToInt32Bits((float)value) >> 16 & 1) == 0;

    static double Next<T>(double value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(Half)) { return (double)Half.BitIncrement((Half)value); }
        int bits = BitConverter.SingleToInt32Bits((float)value) >> 16;
        bits = value == 0 ? 1 : value > 0 ? bits + 1 : bits - 1;
        return BitConverter.Int32BitsToSingle(bits << 16);
    }

    static (float From, float Range) Bounds<T>(double from, double to)
        where T : unmanaged
    {
        float low = Elements.Round<T>((float)from);
        return (low, Elements.Round<T>(Elements.Round<T>((float)to) - low));
    }

    internal static IEnumerable<float> Units<T>()
    {
        int bits = typeof(T) == typeof(Half) ? 11 : 8;
        return Enumerable.Range(0, 1 << bits).Select(draw => draw * (1f / (1 << bits)));
    }
}
