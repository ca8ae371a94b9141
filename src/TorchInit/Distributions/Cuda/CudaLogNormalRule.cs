namespace TorchInit;

/// <summary><c>log_normal_(mean, std)</c> on a GPU: exp of a normal, in float32 by the hardware's power of 2, for float64 tensors in
/// double.</summary>
sealed class CudaLogNormalRule(Gpu gpu) : CudaDrawRule(gpu)
{
    public override void Check<T>(double a, double b, TorchProfile profile) => LogNormalRule.CheckArguments<T>(b, profile);

    protected override void Draw<T>(Span<T> part, CudaPart at, double a, double b, Generator generator)
    {
        if (typeof(T) == typeof(double)) { at.Fill(Elements.Cast<T, double>(part), new Float64(new(a, b)), generator.Width); }
        else { at.Fill(part, new Float32<T>(new(a, b)), generator.Width); }
    }

    readonly struct Float32<T>(CudaNormal<float> normal) : ICudaOperator<T>
        where T : unmanaged
    {
        public static int PerDraw => 4;

        public T Invoke(PhiloxWords words, int component) => Elements.FromFloat<T>(CudaMath.FastExp(normal.Invoke(words, component)));

        public int Fill(PhiloxRows rows, int component, Span<T> target, Span<T> next, VectorWidth width)
            => rows.Each(this, component, target);
    }

    readonly struct Float64(CudaNormalFloat64 normal) : ICudaOperator<double>
    {
        public static int PerDraw => 2;

        public double Invoke(PhiloxWords words, int component) => CudaMath.Exp(normal.Invoke(words, component));

        public int Fill(PhiloxRows rows, int component, Span<double> target, Span<double> next, VectorWidth width)
            => rows.Each(this, component, target);
    }
}
