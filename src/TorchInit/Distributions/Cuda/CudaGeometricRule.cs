namespace TorchInit;

/// <summary><c>geometric_(p)</c> on a GPU: ⌈ln u / ln(1 − p)⌉ with the hardware's logarithm, for float64 tensors in double; then cast to
/// the element's type.</summary>
sealed class CudaGeometricRule(Gpu gpu) : CudaDrawRule(gpu)
{
    public override void Check<T>(double a, double b, TorchProfile profile) => GeometricRule.Instance.Check<T>(a, b, profile);

    protected override void Draw<T>(Span<T> part, CudaPart at, double a, double b, Generator generator)
    {
        if (typeof(T) == typeof(double)) { at.Fill(Elements.Cast<T, double>(part), new Float64(CudaMath.Log(1 - a)), generator.Width); }
        else { at.Fill(part, new Float32<T>(CudaMath.FastLog(1 - (float)a), generator.Profile), generator.Width); }
    }

    readonly struct Float32<T>(float rest, TorchProfile profile) : ICudaOperator<T>
        where T : unmanaged
    {
        public static int PerDraw => 4;

        public T Invoke(PhiloxWords words, int component)
            => DrawElements.FromDouble<T>(MathF.Ceiling(CudaMath.FastLog(CudaUnits.Float(words[component])) / rest), profile);

        public int Fill(PhiloxRows rows, int component, Span<T> target, Span<T> next, VectorWidth width)
            => rows.Each(this, component, target);
    }

    readonly struct Float64(double rest) : ICudaOperator<double>
    {
        public static int PerDraw => 2;

        public double Invoke(PhiloxWords words, int component) => Math.Ceiling(CudaMath.Log(CudaUnits.Double(words, component)) / rest);

        public int Fill(PhiloxRows rows, int component, Span<double> target, Span<double> next, VectorWidth width)
            => rows.Each(this, component, target);
    }
}
