namespace TorchInit;

/// <summary>normal_ in float64: Box–Muller in double, the sine first, then the cosine.</summary>
readonly struct CudaNormalFloat64(double mean, double std) : ICudaOperator<double>
{
    public static int PerDraw => 2;

    public double Invoke(PhiloxWords words, int component)
    {
        double radius = Math.Sqrt(-2 * CudaMath.Log(CudaUnits.Double(words.W0, words.W1)));
        (double sin, double cos) = CudaMath.SinCosPi(CudaUnits.Twice(words.W2, words.W3));
        return Math.FusedMultiplyAdd((component == 0 ? sin : cos) * radius, std, mean);
    }
}
