namespace TorchInit;

/// <summary>
/// <see cref="HardwareMath.Square"/> of d as eight products of bytes. d is h · 2¹⁰ + l; the sum of (bit k of h) · (l &gt;&gt; (8 − k)) has
/// seven of them, k = 6, 5, 4, 3 in the first four bytes and 0, 1, 2 in the second four, whose last is 2h · h. All factors of 2¹⁷ − 1 − d
/// are those of d with every bit inverted, so the mirrored square needs only a mask of the used bits.
/// </summary>
static class SquareBytes
{
    /// <summary>l &gt;&gt; 2, 3, 4, 5.</summary>
    public const uint Parts1 = 0x1F3F7FFF;

    /// <summary>l &gt;&gt; 8, 7, 6, and 2h.</summary>
    public const uint Parts2 = 0xFE0F0703;

    /// <summary>Bits 6, 5, 4, 3 of h.</summary>
    public const uint Bits1 = 0x01010101;

    /// <summary>Bits 0, 1, 2 of h, and h.</summary>
    public const uint Bits2 = 0x7F010101;
}
