using System.Buffers.Binary;

namespace TorchInit;

/// <summary>
/// The stream of torch's CUDA generator: a seed and an offset, which every fill advances by a multiple of 4. Beside it is the CPU
/// generator, which <c>torch.manual_seed</c> seeds too and sparse_ may draw from.
/// </summary>
sealed class PhiloxStream : RandomStream
{
    const int Legacy = 800;                  // bytes of an older generator, part of states up to 2.0

    readonly bool _shortState;
    Mt19937Stream? _host;                    // created on first use; until then in the state after seeding
    ulong _hostSeed;

    /// <param name="seed">All 64 bits matter.</param>
    /// <param name="shortState">Whether a state has 16 bytes, as since torch 2.1.</param>
    public PhiloxStream(ulong seed, bool shortState)
    {
        _shortState = shortState;
        Restart(seed);
    }

    public ulong Offset { get; private set; }

    /// <summary>The CPU's stream.</summary>
    public Mt19937Stream Host => _host ??= new(_hostSeed);

    public override VectorWidth Width { get; set; } = VectorWidths.Best;

    /// <summary>The offset.</summary>
    public override long Position => (long)Offset;

    int StateLength => (_shortState ? 0 : Legacy) + 2 * sizeof(ulong);

    public override void Restart(ulong seed)
    {
        (Seed, Offset, _hostSeed) = (seed, 0, seed);
        _host?.Restart(seed);
    }

    public override void MoveTo(long position) => Offset = (ulong)position;

    public override void Advance(long words)
    {
        if (words % 4 != 0) { throw new ArgumentOutOfRangeException(nameof(words), words, "allowed: multiples of 4, like every offset."); }
        Offset = unchecked(Offset + (ulong)words);
    }

    public override RandomStream Clone()
    {
        PhiloxStream clone = new(Seed, _shortState);
        clone.CopyFrom(this);
        clone.Width = Width;
        return clone;
    }

    public override void CopyFrom(RandomStream other)
    {
        PhiloxStream from = (PhiloxStream)other;
        (Seed, Offset, _hostSeed) = (from.Seed, from.Offset, from._hostSeed);
        if (from._host is null) { _host = null; }
        else if (_host is null) { _host = (Mt19937Stream)from._host.Clone(); }
        else { _host.CopyFrom(from._host); }
    }

    public override byte[] GetState()
    {
        byte[] state = new byte[StateLength];
        Span<byte> own = state.AsSpan(StateLength - 2 * sizeof(ulong));
        state.AsSpan(0, state.Length - own.Length).Fill(0xFF);
        BinaryPrimitives.WriteUInt64LittleEndian(own, Seed);
        BinaryPrimitives.WriteUInt64LittleEndian(own[sizeof(ulong)..], Offset);
        return state;
    }

    public override void SetState(ReadOnlySpan<byte> state)
    {
        if (state.Length != StateLength && state.Length != StateLength - sizeof(ulong))
        {
            throw TorchArgumentException.RuntimeError(nameof(state), $"{state.Length} bytes",
                $"{StateLength} bytes, or {StateLength - sizeof(ulong)} without the offset", "RNG state is wrong size");
        }
        ReadOnlySpan<byte> own = state[(StateLength - 2 * sizeof(ulong))..];
        ulong offset = own.Length > sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(own[sizeof(ulong)..]) : 0;
        if (offset % 4 != 0)
        {
            throw TorchArgumentException.RuntimeError(nameof(state), $"offset {offset}", "an offset that is a multiple of 4",
                "offset must be a multiple of 4");
        }
        (Seed, Offset) = (BinaryPrimitives.ReadUInt64LittleEndian(own), offset);
    }
}
