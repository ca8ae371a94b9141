namespace TorchInit;

/// <summary><c>exponential_(λ)</c> on a GPU: −1/λ · ln u, with ln u = −ε/2 where u is within ε/2 of 1.</summary>
sealed class CudaExponentialRule(Gpu gpu) : CudaDrawRule(gpu)
{
    public override void Check<T>(double a, double b, TorchProfile profile) => ExponentialRule.CheckArguments<T>(a, profile);

    protected override void Draw<T>(Span<T> part, CudaPart at, double a, double b, Generator generator)
    {
        if (typeof(T) == typeof(double)) { at.Fill(Elements.Cast<T, double>(part), new Float64(-1 / a), generator.Width); }
        else { at.Fill(part, new Float32<T>(-1 / (float)a), generator.Width); }
    }

    readonly struct Float32<T>(float scale) : ICudaOperator<T>
        where T : unmanaged
    {
        const float HalfEpsilon = 1f / (1 << 24);

        public static int PerDraw => 4;

        public T Invoke(PhiloxWords words, int component)
        {
            float u = CudaUnits.Float(words[component]);
            return Elements.FromFloat<T>(scale * (u >= 1 - HalfEpsilon ? -HalfEpsilon : CudaMath.FastLog(u)));
        }

        public int Fill(PhiloxRows rows, int component, Span<T> target, Span<T> next, VectorWidth width)
            => rows.Each(this, component, target);
    }

    readonly struct Float64(double scale) : ICudaOperator<double>
    {
        const double HalfEpsilon = 1.0 / (1L << 53);

        public static int PerDraw => 2;

        public double Invoke(PhiloxWords words, int component)
        {
            double u = CudaUnits.Double(words, component);
            return scale * (u >= 1 - HalfEpsilon ? -HalfEpsilon : CudaMath.Log(u));
        }

        public int Fill(PhiloxRows rows, int component, Span<double> target, Span<double> next, VectorWidth width)
            => rows.Each(this, component, target);
    }
}
