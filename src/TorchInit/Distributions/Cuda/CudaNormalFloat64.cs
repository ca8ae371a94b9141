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
        Span<double> unwanted = stackalloc double[component == 0 && !next.IsEmpty ? 0 : target.Length];
        Span<double> sines = component == 0 ? target : unwanted, cosines = component == 1 ? target : next.IsEmpty ? unwanted : next;
        int done = CudaNormalFloat64Kernel.Transform(rows, sines, cosines, mean, std, width);
        for (int i = done; i < target.Length; i++) { (sines[i], cosines[i]) = Pair(rows[i]); }
        return component == 0 && !next.IsEmpty ? 2 : 1;
    }

    (double Sine, double Cosine) Pair(PhiloxWords words)
    {
        double radius = Math.Sqrt(-2 * CudaMath.Log(CudaUnits.Double(words.W0, words.W1)));
        (double sin, double cos) = CudaMath.SinCosPi(CudaUnits.Twice(words.W2, words.W3));
        return (Math.FusedMultiplyAdd(sin * radius, std, mean), Math.FusedMultiplyAdd(cos * radius, std, mean));
    }
}
