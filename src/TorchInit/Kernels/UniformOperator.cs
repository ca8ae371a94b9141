using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>word ↦ u·(to − from) + from, u = the low bits of the word · 2⁻ᵇⁱᵗˢ, as the bits of a float32.</summary>
/// <typeparam name="TRounding">Whether the product is rounded before the sum.</typeparam>
readonly struct UniformOperator<TRounding> : IWordOperator
    where TRounding : struct, IMultiplyAdd
{
    readonly uint _mask;
    readonly float _scale;
    readonly float _from;
    readonly float _step;

    public UniformOperator(float from, float range, int bits = 24)
    {
        _mask = (1u << bits) - 1;
        _step = 1f / (1u << bits);
        _scale = range * _step;
        _from = from;
        IsExact = range == 0 || MathF.Abs(_scale) >= 1.17549435e-38f;
    }

    /// <summary>Whether u·range and integer·(range·2⁻ᵇⁱᵗˢ) round to the same value: always, unless the scaled range is subnormal and was
    /// itself rounded.</summary>
    public bool IsExact { get; }

    /// <summary>The u of a word.</summary>
    public float Unit(uint word) => (word & _mask) * _step;

    /// <summary>The largest value: u·range + from increases with u.</summary>
    public float Largest => BitConverter.UInt32BitsToSingle(Invoke(uint.MaxValue));

    public uint Invoke(uint word) => BitConverter.SingleToUInt32Bits(TRounding.MultiplyAdd(word & _mask, _scale, _from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWords Invoke<TLanes, TFloats, TWords>(TWords words)
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        TFloats integers = TLanes.ToFloats(TLanes.And(words, TLanes.Words(_mask)));
        TFloats scaled = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(integers, TLanes.Floats(_scale), TLanes.Floats(_from));
        return TLanes.BitsOf(scaled);
    }
}
