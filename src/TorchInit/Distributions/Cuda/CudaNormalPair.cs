namespace TorchInit;

/// <summary>A pair of standard normals.</summary>
static class CudaNormal
{
    /// <summary>Words of memory for the kernel, then for a row of sines and one of cosines.</summary>
    public const int Scratch = CudaNormalKernel.Scratch + 2 * PhiloxKernel.Most;

    const float Turn = 2 * MathF.PI;

    /// <summary>r·sin and r·cos from the radius' word and the angle's word.</summary>
    public static (float Sine, float Cosine) Pair(uint first, uint second)
    {
        float radius = MathF.Sqrt(-2 * CudaMath.Log(CudaUnits.Float(first)));
        (float sin, float cos) = CudaMath.FastSinCos(MathF.FusedMultiplyAdd(second, Turn * CudaUnits.Step, Turn * CudaUnits.Step / 2));
        return (sin * radius, cos * radius);
    }
}
