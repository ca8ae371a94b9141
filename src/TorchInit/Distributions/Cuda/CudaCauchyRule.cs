namespace TorchInit;

/// <summary><c>cauchy_(median, sigma)</c> on a GPU: median + sigma · tan(π·(u − ½)), in float32 by the hardware's sine and with u kept
/// within [ε, 1 − ε], for float64 tensors in double.</summary>
sealed class CudaCauchyRule(Gpu gpu) : CudaDrawRule(gpu)
{
    public override void Check<T>(double a, double b, TorchProfile profile) => CauchyRule.CheckArguments<T>(b, profile);

    protected override void Draw<T>(Span<T> part, CudaPart at, double a, double b, Generator generator)
    {
        if (typeof(T) == typeof(double)) { at.Fill(Elements.Cast<T, double>(part), new Float64(a, b), generator.Width); }
        else { at.Fill(part, new Float32<T>((float)a, (float)b), generator.Width); }
    }

    readonly struct Float32<T>(float median, float sigma) : ICudaOperator<T>
        where T : unmanaged
    {
        const float Epsilon = 1f / (1 << 23);

        public static int PerDraw => 4;

        public T Invoke(PhiloxWords words, int component)
        {
            float u = Math.Clamp(CudaUnits.Float(words[component]), Epsilon, 1 - Epsilon);
            return Elements.FromFloat<T>(MathF.FusedMultiplyAdd(sigma, CudaMath.FastTan(MathF.PI * (u - 0.5f)), median));
        }

        public int Fill(PhiloxRows rows, int component, Span<T> target, Span<T> next, VectorWidth width)
            => rows.Each(this, component, target);
    }

    readonly struct Float64(double median, double sigma) : ICudaOperator<double>
    {
        public static int PerDraw => 2;

        public double Invoke(PhiloxWords words, int component)
            => Math.FusedMultiplyAdd(sigma, CudaMath.Tan(Math.PI * (CudaUnits.Double(words, component) - 0.5)), median);

        public int Fill(PhiloxRows rows, int component, Span<double> target, Span<double> next, VectorWidth width)
            => rows.Each(this, component, target);
    }
}
