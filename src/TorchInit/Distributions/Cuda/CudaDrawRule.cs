namespace TorchInit;

/// <summary>A draw other than initialisation on a GPU: in float32 for every dtype except float64.</summary>
abstract class CudaDrawRule(Gpu gpu) : CudaRule(gpu)
{
    /// <summary>Only an estimate, for balancing slices.</summary>
    public override double Cost(DType dtype, TorchProfile profile) => 10;
}
