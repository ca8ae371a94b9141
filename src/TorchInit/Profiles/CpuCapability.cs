namespace TorchInit;

/// <summary>Which copy of its x86-64 kernels torch chose; Arm has one copy, and the capability says nothing there.</summary>
public enum CpuCapability
{
    /// <summary>The portable copy: <c>ATEN_CPU_CAPABILITY=default</c>, or a CPU without AVX2.</summary>
    Default,

    /// <summary>AVX2 or AVX-512: the same bits.</summary>
    Avx2,
}
