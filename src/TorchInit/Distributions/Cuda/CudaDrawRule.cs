namespace TorchInit;

/// <summary>A draw beside initialisation on a GPU: float32 for every dtype but float64.</summary>
abstract class CudaDrawRule(Gpu gpu) : CudaRule(gpu)
{
    /// <summary>No more than a guess: what a cut balances.</summary>
    public override double Cost(DType dtype, TorchProfile profile) => 10;
}
