namespace TorchInit;

/// <summary>Which copy of its x86-64 kernels torch chose. Arm has only one copy and ignores this.</summary>
public enum CpuCapability
{
    /// <summary>The portable copy: <c>ATEN_CPU_CAPABILITY=default</c>, or a CPU without AVX2.</summary>
    Default,

    /// <summary>AVX2 or AVX-512; both give the same bits.</summary>
    Avx2,
}
