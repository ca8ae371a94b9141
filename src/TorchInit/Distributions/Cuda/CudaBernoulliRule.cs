namespace TorchInit;

/// <summary><c>bernoulli_(p)</c> on a GPU: 1 where u &lt; p; u and p are floats, for float64 tensors doubles.</summary>
sealed class CudaBernoulliRule(Gpu gpu) : CudaDrawRule(gpu)
{
    public override void Check<T>(double a, double b, TorchProfile profile) => BernoulliRule.CheckProbability(a);

    protected override void Draw<T>(Span<T> part, CudaPart at, double a, double b, Generator generator)
    {
        if (typeof(T) == typeof(double)) { at.Fill(Elements.Cast<T, double>(part), new Float64(a), generator.Width); }
        else { at.Fill(part, new Float32<T>((float)a), generator.Width); }
    }

    readonly struct Float32<T>(float p) : ICudaOperator<T>
        where T : unmanaged
    {
        public static int PerDraw => 4;

        public T Invoke(PhiloxWords words, int component)
            => DrawElements.FromInteger<T>(CudaUnits.Float(words[component]) < p ? 1 : 0);

        public int Fill(PhiloxRows rows, int component, Span<T> target, Span<T> next, VectorWidth width)
            => rows.Each(this, component, target);
    }

    readonly struct Float64(double p) : ICudaOperator<double>
    {
        public static int PerDraw => 2;

        public double Invoke(PhiloxWords words, int component) => CudaUnits.Double(words, component) < p ? 1 : 0;

        public int Fill(PhiloxRows rows, int component, Span<double> target, Span<double> next, VectorWidth width)
            => rows.Each(this, component, target);
    }
}
