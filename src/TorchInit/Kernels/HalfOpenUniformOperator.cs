using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary><see cref="UniformOperator{TRounding}"/> since torch 2.12: a value that equals <c>to</c> becomes <c>from</c>.</summary>
/// <typeparam name="TRounding">Whether the product is rounded before the sum.</typeparam>
readonly struct HalfOpenUniformOperator<TRounding>(UniformOperator<TRounding> closed, float from, float to) : IWordOperator
    where TRounding : struct, IMultiplyAdd
{
    public uint Invoke(uint word)
    {
        uint bits = closed.Invoke(word);
        return BitConverter.UInt32BitsToSingle(bits) == to ? BitConverter.SingleToUInt32Bits(from) : bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWords Invoke<TLanes, TFloats, TWords>(TWords words)
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        TWords bits = closed.Invoke<TLanes, TFloats, TWords>(words);
        return TLanes.Select(TLanes.AreEqual(TLanes.FloatsOf(bits), TLanes.Floats(to)), TLanes.BitsOf(TLanes.Floats(from)), bits);
    }
}
