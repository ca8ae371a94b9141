using System.Buffers.Binary;

namespace TorchInit.Tests.Streams;

/// <summary>A stream that is a counter, as CUDA's generator is one: a seed and an offset, any number of it at once, and beside it mt19937,
/// which randperm draws from.</summary>
sealed class CounterStream : RandomStream
{
    public CounterStream(ulong seed) => Restart(seed);

    public ulong Offset { get; private set; }

    public Mt19937Stream Host { get; private set; } = new(0);

    public override long Position => (long)Offset;

    public override void Restart(ulong seed)
    {
        (Seed, Offset) = (seed, 0);
        Host.Restart(seed);
    }

    public override void MoveTo(long position) => Offset = (ulong)position;

    public override void Advance(long count) => Offset += (ulong)count;

    public override RandomStream Clone()
    {
        CounterStream clone = new(Seed);
        clone.CopyFrom(this);
        return clone;
    }

    public override void CopyFrom(RandomStream other)
    {
        CounterStream from = (CounterStream)other;
        (Seed, Offset, Host) = (from.Seed, from.Offset, (Mt19937Stream)from.Host.Clone());
    }

    /// <summary>Seed, offset, and the host's state.</summary>
    public override byte[] GetState()
    {
        byte[] state = [.. new byte[16], .. Host.GetState()];
        BinaryPrimitives.WriteUInt64LittleEndian(state, Seed);
        BinaryPrimitives.WriteUInt64LittleEndian(state.AsSpan(8), Offset);
        return state;
    }

    public override void SetState(ReadOnlySpan<byte> state)
    {
        Host.SetState(state[16..]);
        (Seed, Offset) = (BinaryPrimitives.ReadUInt64LittleEndian(state), BinaryPrimitives.ReadUInt64LittleEndian(state[8..]));
    }

    /// <summary>Philox 4x32-10 (Salmon et al. 2011), as CUDA's generator keys it.</summary>
    public static uint[] Philox(ulong seed, ulong counter, ulong subsequence)
    {
        (uint k0, uint k1) = ((uint)seed, (uint)(seed >> 32));
        uint[] c = [(uint)counter, (uint)(counter >> 32), (uint)subsequence, (uint)(subsequence >> 32)];
        for (int round = 0; round < 10; round++)
        {
            ulong a = 0xD2511F53UL * c[0], b = 0xCD9E8D57UL * c[2];
            c = [(uint)(b >> 32) ^ c[1] ^ k0, (uint)b, (uint)(a >> 32) ^ c[3] ^ k1, (uint)a];
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return c;
    }
}
