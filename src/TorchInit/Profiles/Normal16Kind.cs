namespace TorchInit;

/// <summary>How torch draws a block of normals in float16 and bfloat16.</summary>
enum Normal16Kind
{
    /// <summary>From uniforms with as many bits as the type's significand, rounding intermediate results to the type: up to
    /// 2.11.</summary>
    FewBits,

    /// <summary>In float32 with the C library's functions, mean and std rounded to the type first: 2.12.</summary>
    Libm,

    /// <summary>With the processor's float32 block, rounded once: since 2.13.</summary>
    Float32Block,
}
