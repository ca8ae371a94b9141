namespace TorchInit;

/// <summary>
/// normal_ in float32 and 16 bits: Box–Muller with the hardware's sine, twice a draw; the sine first, then the cosine. fma(z, std, mean) in
/// float32, rounded to T once.
/// </summary>
readonly struct CudaNormal<T>(double mean, double std) : ICudaOperator<T>
    where T : unmanaged
{
    const float Turn = 2 * MathF.PI;

    readonly float _mean = (float)mean;
    readonly float _std = (float)std;

    public static int PerDraw => 4;

    public T Invoke(PhiloxWords words, int component)
    {
        float z = component < 2 ? Standard(words.W0, words.W1, component) : Standard(words.W2, words.W3, component - 2);
        return Elements.FromFloat<T>(MathF.FusedMultiplyAdd(z, _std, _mean));
    }

    static float Standard(uint first, uint second, int component)
    {
        float radius = MathF.Sqrt(-2 * CudaMath.Log(CudaUnits.Float(first)));
        uint turns = CudaMath.Turns(MathF.FusedMultiplyAdd(second, Turn * (1f / (1UL << 32)), Turn * (0.5f / (1UL << 32))));
        return HardwareMath.Sin(turns + (component == 0 ? 0 : 1u << 23)) * radius;
    }
}
