namespace TorchInit;

/// <summary>The stream of torch's CPU generator: the words of mt19937, and the second standard normal of a pair, kept for the next small
/// fill.</summary>
sealed class Mt19937Stream : RandomStream
{
    Mt19937Stream()
    {
    }

    public Mt19937Stream(ulong seed) => Restart(seed);

    public Mt19937 Engine { get; } = new();

    /// <summary>Null if there is none.</summary>
    public double? CachedNormal { get; set; }

    /// <summary>In 32-bit words.</summary>
    public override long Position => Engine.Position;

    public override void Restart(ulong seed)
    {
        (Seed, CachedNormal) = (seed, null);
        Engine.Seed((uint)seed);
    }

    public override void MoveTo(long position)
    {
        long words = unchecked(position - Engine.Position);
        if (words < 0)
        {
            throw new InvalidOperationException($"The stream is {-words} words past the requested position; it cannot go back.");
        }
        Engine.Advance(words);
    }

    public override VectorWidth Width
    {
        get => Engine.Width;
        set => Engine.Width = value;
    }

    public override void Advance(long words) => Engine.Advance(words);

    public override RandomStream Clone()
    {
        Mt19937Stream clone = new();
        clone.CopyFrom(this);
        clone.Engine.Width = Engine.Width;
        return clone;
    }

    public override void CopyFrom(RandomStream other)
    {
        Mt19937Stream from = (Mt19937Stream)other;
        (Seed, CachedNormal) = (from.Seed, from.CachedNormal);
        Engine.CopyFrom(from.Engine);
    }

    public override byte[] GetState() => GeneratorState.Write(Seed, Engine, CachedNormal);

    public override void SetState(ReadOnlySpan<byte> state) => (Seed, CachedNormal) = GeneratorState.Read(state, Engine);
}
