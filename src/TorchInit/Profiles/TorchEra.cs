namespace TorchInit;

/// <summary>Spans of PyTorch versions whose CPU draws have the same bits. Within an era, only the set of classes and arguments grows.</summary>
public enum TorchEra
{
    /// <summary>1.13: half draws of 11 bits; scalar normals by log(1−u).</summary>
    V1_13,

    /// <summary>2.0: scalar normals by log1p(−u).</summary>
    V2_0,

    /// <summary>2.1 to 2.11: half normals rounded after every operation.</summary>
    V2_1,

    /// <summary>2.12: 16-bit draws of 24 bits, a draw equal to its upper bound becomes the lower one, trunc_normal_ by rejection.</summary>
    V2_12,

    /// <summary>2.13 and later, proved up to 2.15: 16-bit normals through the float32 block, the portable block ends in a fused multiply-add.</summary>
    V2_13,
}
