namespace TorchInit;

/// <summary>
/// What a generator draws from: a seed, a state and a position. A sequential stream (<see cref="Mt19937Stream"/>) goes from word to word; a
/// counter computes any of its numbers directly. This class has what fills need from both; only the sequential stream has words to count.
/// </summary>
abstract class RandomStream
{
    /// <summary>The seed as given, all 64 bits.</summary>
    public ulong Seed { get; protected set; }

    /// <summary>Which twin of the kernels runs: the widest, unless a test sets another.</summary>
    public virtual VectorWidth Width
    {
        get => VectorWidths.Best;
        set => throw new NotSupportedException($"This stream has no kernels to choose {value} for.");
    }

    /// <summary>The position in the stream's own unit, counted from a point that clones share. Modulo 2⁶⁴: only differences are
    /// meaningful.</summary>
    public abstract long Position { get; }

    /// <summary>Restarts the stream with a seed.</summary>
    public abstract void Restart(ulong seed);

    /// <summary>Moves to a position.</summary>
    /// <exception cref="InvalidOperationException">The stream is sequential and already past the position.</exception>
    public abstract void MoveTo(long position);

    /// <summary>Skips <paramref name="words"/> units.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="words"/> is not a possible step of this stream.</exception>
    public abstract void Advance(long words);

    /// <summary>An independent stream with the same state.</summary>
    public abstract RandomStream Clone();

    /// <summary>Copies the state of another stream of the same kind.</summary>
    public abstract void CopyFrom(RandomStream other);

    /// <summary>The bytes of torch's <c>get_state()</c>.</summary>
    public abstract byte[] GetState();

    /// <summary>Restores a state.</summary>
    public abstract void SetState(ReadOnlySpan<byte> state);
}
