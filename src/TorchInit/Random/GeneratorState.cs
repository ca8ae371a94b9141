using System.Buffers.Binary;

namespace TorchInit;

/// <summary>
/// The bytes of <c>torch.get_rng_state()</c>, little-endian: seed u64 · left i32 · seeded i32 · next u64 · 624 words as u64 · normal_x f64
/// = 0 · normal_y f64 · normal_rho f64 = 0 · normal_is_valid i32 · 4 zero bytes · float sample f32 · its flag u8 · 3 zero bytes.
/// </summary>
static class GeneratorState
{
    public const int Length = 5056;
    public const int LegacyLength = 5048;
    const int WordsAt = 24;
    const int NormalXAt = 5016;
    const int NormalYAt = 5024;
    const int NormalRhoAt = 5032;
    const int NormalIsValidAt = 5040;

    public static byte[] Write(ulong seed, Mt19937 engine, double? cachedNormal)
    {
        byte[] state = new byte[Length];
        BinaryPrimitives.WriteUInt64LittleEndian(state, seed);
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(8), engine.Left);
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(12), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(state.AsSpan(16), (ulong)engine.Next);
        for (int i = 0; i < Mt19937.Size; i++) { BinaryPrimitives.WriteUInt64LittleEndian(state.AsSpan(WordsAt + 8 * i), engine.Words[i]); }
        if (cachedNormal is { } sample)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(state.AsSpan(NormalYAt), sample);
            BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(NormalIsValidAt), 1);
        }
        return state;
    }

    public static (ulong Seed, double? CachedNormal) Read(ReadOnlySpan<byte> state, Mt19937 engine)
    {
        if (state.Length is not (Length or LegacyLength))
        {
            throw TorchArgumentException.RuntimeError(nameof(state), $"{state.Length} bytes", "5056 bytes, or 5048 in the legacy form",
                $"Expected either a CPUGeneratorImplStateLegacy of size 5048 or a CPUGeneratorImplState of size 5056 but found the input "
                    + $"RNG state size to be {state.Length}");
        }
        int left = BinaryPrimitives.ReadInt32LittleEndian(state[8..]);
        int seeded = BinaryPrimitives.ReadInt32LittleEndian(state[12..]);
        ulong next = BinaryPrimitives.ReadUInt64LittleEndian(state[16..]);
        // Any number but 0 is true in C++.
        if (seeded == 0 || left is < 1 or > Mt19937.Size || next > Mt19937.Size)
        {
            throw TorchArgumentException.RuntimeError(nameof(state), $"seeded {seeded}, left {left}, next {next}",
                "seeded not 0, left 1 to 624, next 0 to 624", "Invalid mt19937 state");
        }
        if (left > 1 && (int)next + left > Mt19937.Size + 1)
        {
            // Torch accepts such a state and then reads past its 624 words; torch never writes one.
            throw TorchArgumentException.RuntimeError(nameof(state), $"left {left}, next {next}",
                "left + next at most 625, as in every state that torch writes", "Invalid mt19937 state");
        }
        Span<uint> words = stackalloc uint[Mt19937.Size];
        for (int i = 0; i < words.Length; i++) { words[i] = (uint)BinaryPrimitives.ReadUInt64LittleEndian(state[(WordsAt + 8 * i)..]); }
        engine.Restore(words, left, (int)next);
        return (BinaryPrimitives.ReadUInt64LittleEndian(state), CachedNormal(state));
    }

    static double? CachedNormal(ReadOnlySpan<byte> state)
    {
        if (BinaryPrimitives.ReadInt32LittleEndian(state[NormalIsValidAt..]) == 0) { return null; }
        if (state.Length == Length) { return BinaryPrimitives.ReadDoubleLittleEndian(state[NormalYAt..]); }
        // The legacy form stores the angle and radius of the pair; torch computes the second sample from them.
        double x = BinaryPrimitives.ReadDoubleLittleEndian(state[NormalXAt..]);
        double rho = BinaryPrimitives.ReadDoubleLittleEndian(state[NormalRhoAt..]);
        return rho * Math.Sin(2.0 * Math.PI * x);
    }
}
