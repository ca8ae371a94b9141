namespace TorchInit;

/// <summary>normal_ in float64: Box–Muller in double, the sine first, then the cosine.</summary>
readonly struct CudaNormalFloat64(double mean, double std) : ICudaOperator<double>
{
    public static int PerDraw => 2;

    public double Invoke(PhiloxWords words, int component)
    {
        (double sine, double cosine) = Pair(words);
        return component == 0 ? sine : cosine;
    }

    public int Fill(PhiloxRows rows, int component, Span<double> target, Span<double> next, VectorWidth width)
    {
        if (component == 1 || next.IsEmpty) { return rows.Each(this, component, target); }
        for (int i = 0; i < target.Length; i++) { (target[i], next[i]) = Pair(rows[i]); }
        return 2;
    }

    (double Sine, double Cosine) Pair(PhiloxWords words)
    {
        double radius = Math.Sqrt(-2 * CudaMath.Log(CudaUnits.Double(words.W0, words.W1)));
        (double sin, double cos) = CudaMath.SinCosPi(CudaUnits.Twice(words.W2, words.W3));
        return (Math.FusedMultiplyAdd(sin * radius, std, mean), Math.FusedMultiplyAdd(cos * radius, std, mean));
    }
}
