using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

/// <summary>Which twin of a kernel runs. All give the same bits; tests run each in turn.</summary>
enum VectorWidth
{
    /// <summary>The specification: one element at a time.</summary>
    Scalar = 0,

    /// <summary>128 bits: Arm, and x86 with FMA.</summary>
    Bits128 = 128,

    /// <summary>256 bits: AVX2 with FMA.</summary>
    Bits256 = 256,

    /// <summary>512 bits: AVX-512 (F, BW, DQ, VL).</summary>
    Bits512 = 512,
}

/// <summary>The widths this processor can run. A width counts only with a hardware fused multiply-add, since the kernels round like torch's
/// FMA builds.</summary>
static class VectorWidths
{
    public static VectorWidth Best { get; } =
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Avx512BW.IsSupported ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated && Avx2.IsSupported && Fma.IsSupported ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated && (Fma.IsSupported || AdvSimd.IsSupported) ? VectorWidth.Bits128
        : VectorWidth.Scalar;

    /// <summary>Every width that runs here, starting with scalar.</summary>
    public static IEnumerable<VectorWidth> All => Enum.GetValues<VectorWidth>().Where(width => width <= Best);
}
