using System.Globalization;

namespace TorchInit;

/// <summary>A bfloat16 number: the upper 16 bits of a float32, as <c>torch.bfloat16</c> stores it.</summary>
/// <param name="bits">1 sign bit, 8 exponent bits, 7 fraction bits.</param>
public readonly struct BFloat16(ushort bits) : IEquatable<BFloat16>
{
    const ushort QuietNaN = 0x7FC0;

    /// <summary>The 16 bits as stored.</summary>
    public ushort Bits { get; } = bits;

    /// <summary>Rounds to the nearest bfloat16, ties to even; every NaN becomes 0x7FC0, as in torch.</summary>
    /// <param name="value">Any float32.</param>
    public static explicit operator BFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? new(QuietNaN) : new((ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    /// <summary>The same number as float32; exact.</summary>
    /// <param name="value">Any bfloat16.</param>
    public static implicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value.Bits << 16);

    /// <summary>Whether the two numbers are equal as floating-point numbers: −0 equals 0, NaN equals nothing.</summary>
    /// <param name="left">The left operand.</param>
    /// <param name="right">The right operand.</param>
    public static bool operator ==(BFloat16 left, BFloat16 right) => (float)left == (float)right;

    /// <summary>The negation of equality; true if either is NaN.</summary>
    /// <param name="left">The left operand.</param>
    /// <param name="right">The right operand.</param>
    public static bool operator !=(BFloat16 left, BFloat16 right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(BFloat16 other) => ((float)this).Equals((float)other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((float)this).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}
