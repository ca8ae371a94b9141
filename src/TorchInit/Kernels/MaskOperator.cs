using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>word ↦ word &amp; mask: the whole words, or their low 24 bits.</summary>
readonly struct MaskOperator(uint mask) : IWordOperator
{
    public static MaskOperator All => new(uint.MaxValue);

    public static MaskOperator Low24 => new((1u << 24) - 1);

    public uint Invoke(uint word) => word & mask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWords Invoke<TLanes, TFloats, TWords>(TWords words)
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
        => TLanes.And(words, TLanes.Words(mask));
}
