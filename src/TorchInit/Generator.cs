using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace TorchInit;

/// <summary>
/// <c>torch.Generator</c>: a stream of random numbers, and the torch whose rules turn it into values. On the CPU the stream is mt19937,
/// with the second sample of a pair of normals; on a GPU a counter: seed and offset. Same values and same state bytes as torch. Not
/// thread-safe.
/// </summary>
[TypeFormatterSource(typeof(GeneratorForms))]
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Generator
{
    /// <summary>The seed of a new <c>torch.Generator()</c>: 67280421310721.</summary>
    public const ulong DefaultSeed = 67280421310721;

    readonly RandomStream _stream;
    readonly Mt19937Stream? _words;          // the same; null where it is a counter

    /// <summary>A generator as <c>torch.Generator()</c>, seeded with <see cref="DefaultSeed"/>.</summary>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    public Generator(TorchProfile? profile = null)
        : this(DefaultSeed, profile)
    {
    }

    /// <summary>A generator as after <c>torch.manual_seed(seed)</c>. On a CPU only the low 32 bits of the seed make the stream; all 64 are
    /// kept.</summary>
    /// <param name="seed">Negative seeds are two's complement: −1 is 2⁶⁴ − 1.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    public Generator(long seed, TorchProfile? profile = null)
        : this(unchecked((ulong)seed), profile)
    {
    }

    /// <summary>A generator as after <c>torch.manual_seed(seed)</c>. On a CPU only the low 32 bits of the seed make the stream; all 64 are
    /// kept.</summary>
    /// <param name="seed">Any 64-bit value.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    public Generator(ulong seed, TorchProfile? profile = null)
    {
        Profile = profile ?? TorchProfile.Default;
        _stream = Profile.Fills.NewStream(seed, Profile);
        _words = _stream as Mt19937Stream;
    }

    Generator(RandomStream stream, TorchProfile profile) => (_stream, _words, Profile) = (stream, stream as Mt19937Stream, profile);

    /// <summary>The torch whose rules turn the stream into values.</summary>
    public TorchProfile Profile { get; }

    /// <summary>The seed as it was given, all 64 bits: <c>initial_seed()</c>.</summary>
    public ulong InitialSeed => _stream.Seed;

    /// <summary>The CPU's generator beside a GPU's: the seed that made this one seeded it too. Null where this is the CPU's own.</summary>
    public Generator? Host => _stream is PhiloxStream stream ? new(stream.Host, Profile.On("cpu")) : null;

    /// <summary>The offset of a GPU's generator, a multiple of 4: <c>get_offset()</c>. Null on a CPU.</summary>
    public ulong? Offset => (_stream as PhiloxStream)?.Offset;

    /// <summary>Whether a standard normal is cached: after an odd number of normals of small or strided fills.</summary>
    public bool HasCachedNormal => CachedNormal is not null;

    /// <summary>The second standard normal of the last pair, which the next small or strided fill takes first; null when there is
    /// none.</summary>
    internal double? CachedNormal
    {
        get => _words?.CachedNormal;
        set => Words.CachedNormal = value;
    }

    /// <summary>What is drawn from.</summary>
    internal RandomStream Stream => _stream;

    /// <summary>The sequential stream, for what counts words.</summary>
    /// <exception cref="NotSupportedException">The stream is a counter, whose numbers have no order.</exception>
    internal Mt19937Stream Words => _words ?? throw NoWords();

    /// <summary>Where the stream is, see <see cref="RandomStream.Position"/>.</summary>
    internal long Position => _stream.Position;

    /// <summary>Which twin of the kernels runs: the widest, where a test does not say otherwise.</summary>
    internal VectorWidth Width
    {
        get => _stream.Width;
        set => _stream.Width = value;
    }

    /// <summary>Words left of the present block of 624.</summary>
    internal int WordsReady => Words.Engine is { Left: > 1 } engine ? Mt19937.Size - engine.Next : 0;

    /// <summary>Reads a seed as torch takes it: any integer from −2⁶³ to 2⁶⁴ − 1.</summary>
    /// <param name="text">Decimal digits with an optional sign.</param>
    /// <exception cref="TorchArgumentException"><paramref name="text"/> is no integer or outside that range (RuntimeError).</exception>
    public static ulong ParseSeed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger seed))
        {
            throw TorchArgumentException.RuntimeError("seed", text, "an integer from -2^63 to 2^64 - 1",
                $"manual_seed expected a long, but got {text}");
        }
        if (seed < long.MinValue || seed > ulong.MaxValue)
        {
            throw TorchArgumentException.RuntimeError("seed", text, "an integer from -2^63 to 2^64 - 1", "Overflow when unpacking long");
        }
        return seed.Sign < 0 ? unchecked((ulong)(long)seed) : (ulong)seed;
    }

    /// <summary>Starts the stream of <paramref name="seed"/> anew and forgets a cached normal.</summary>
    /// <param name="seed">Negative seeds are two's complement.</param>
    public void ManualSeed(long seed) => ManualSeed(unchecked((ulong)seed));

    /// <summary>Starts the stream of <paramref name="seed"/> anew and forgets a cached normal.</summary>
    /// <param name="seed">Any 64-bit value; its low 32 bits make the stream.</param>
    public void ManualSeed(ulong seed) => _stream.Restart(seed);

    /// <summary>Starts a stream of a seed that no one can foretell, and gives the seed: <c>seed()</c>.</summary>
    public ulong Seed()
    {
        ulong seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        ManualSeed(seed);
        return seed;
    }

    /// <summary>The next 32-bit word of the stream: torch's <c>random()</c>.</summary>
    public uint NextUInt32() => Words.Engine.NextUInt32();

    /// <summary>The next 64-bit word: two 32-bit words, the first one high: torch's <c>random64()</c>.</summary>
    public ulong NextUInt64() => ((ulong)NextUInt32() << 32) | NextUInt32();

    /// <summary>Fills <paramref name="words"/> with the next 32-bit words of the stream.</summary>
    /// <param name="words">All are overwritten.</param>
    public void NextWords(Span<uint> words) => NextWords(words, MaskOperator.All);

    /// <summary>Fills <paramref name="target"/> with the next words, each through the operator; torch's float32 and 24-bit draws are
    /// such.</summary>
    internal void NextWords<TOperator>(Span<uint> target, TOperator op)
        where TOperator : struct, IWordOperator
        => Words.Engine.Fill(target, op);

    /// <summary>Skips words of the stream in O(log words), half a millisecond at most; a cached normal stays. On a GPU it moves the
    /// offset.</summary>
    /// <param name="words">How many 32-bit words, or how far the offset, 0 or more; a GPU's is a multiple of 4.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="words"/> is negative, or on a GPU no multiple of 4.</exception>
    public void Advance(long words)
    {
        if (words < 0) { throw new ArgumentOutOfRangeException(nameof(words), words, "allowed: 0 or more; the stream has no way back."); }
        _stream.Advance(words);
    }

    /// <summary>Goes to a place of the stream, see <see cref="RandomStream.MoveTo"/>.</summary>
    internal void MoveTo(long position) => _stream.MoveTo(position);

    /// <summary>The 5056 bytes of <c>torch.get_rng_state()</c>; of a GPU's generator the 16 of <c>torch.cuda.get_rng_state()</c> (816 up to
    /// 2.0).</summary>
    public byte[] GetState() => _stream.GetState();

    /// <summary>Goes on where the state was taken, seed and cached normal included: <c>torch.set_rng_state</c>.</summary>
    /// <param name="state">5056 bytes, or the 5048 of torch's legacy form; for a GPU's generator 16, or 8 without the offset.</param>
    /// <exception cref="TorchArgumentException">Another length, counters out of range, or an offset that is no multiple of 4
    /// (RuntimeError); the generator stays as it was.</exception>
    public void SetState(ReadOnlySpan<byte> state) => _stream.SetState(state);

    /// <summary>An independent generator in the same state and of the same profile.</summary>
    public Generator Clone() => new(_stream.Clone(), Profile);

    /// <summary>Goes on where <paramref name="other"/> stands.</summary>
    internal void CopyFrom(Generator other) => _stream.CopyFrom(other._stream);

    NotSupportedException NoWords()
        => new($"The generator of {Profile} draws from a counter: it has no words in a row to read, to skip or to search;"
            + " its fills take any element by its number.");

    /// <summary>Seed and torch: <c>seed 42, torch 2.15 linux-x64 avx2</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"seed {InitialSeed}, {Profile}");
}
