namespace TorchInit;

/// <summary>
/// What a generator draws from: a seed, a state, and a place. A sequential stream (<see cref="Mt19937Stream"/>) goes from word to word; a
/// counter gives any of its numbers at once. What fills need of both is here; words, and what counts them, only the sequential one has.
/// </summary>
abstract class RandomStream
{
    /// <summary>The seed as it was given, all 64 bits.</summary>
    public ulong Seed { get; protected set; }

    /// <summary>Which twin of the kernels runs: the widest, where a test does not say otherwise.</summary>
    public virtual VectorWidth Width
    {
        get => VectorWidths.Best;
        set => throw new NotSupportedException($"This stream has no kernels to choose {value} for.");
    }

    /// <summary>How far the stream is, in its own unit, counted from a place that clones share. Modulo 2⁶⁴: only differences tell
    /// something.</summary>
    public abstract long Position { get; }

    /// <summary>Starts anew.</summary>
    public abstract void Restart(ulong seed);

    /// <summary>Goes to a place.</summary>
    /// <exception cref="InvalidOperationException">The stream is sequential and the place lies behind it.</exception>
    public abstract void MoveTo(long position);

    /// <summary>Passes over so many of its unit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No place of the stream is that far.</exception>
    public abstract void Advance(long count);

    /// <summary>An independent stream in the same state.</summary>
    public abstract RandomStream Clone();

    /// <summary>Goes on where another of the same kind stands.</summary>
    public abstract void CopyFrom(RandomStream other);

    /// <summary>The bytes of torch's <c>get_state()</c>.</summary>
    public abstract byte[] GetState();

    /// <summary>Goes on where a state was taken.</summary>
    public abstract void SetState(ReadOnlySpan<byte> state);
}
