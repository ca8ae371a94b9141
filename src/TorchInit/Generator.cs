using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace TorchInit;

/// <summary>
/// <c>torch.Generator</c>: a stream of random numbers, and the torch whose rules turn it into values. On a CPU the stream is mt19937 plus
/// the cached second normal of a pair; on a GPU it is a counter with a seed and an offset. Values and state bytes equal torch's. Not
/// thread-safe.
/// </summary>
[TypeFormatterSource(typeof(GeneratorForms))]
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Generator
{
    /// <summary>The seed of a new <c>torch.Generator()</c>: 67280421310721.</summary>
    public const ulong DefaultSeed = 67280421310721;

    /// <summary>The digits of 2⁶⁴ − 1.</summary>
    const int MostDigits = 20;

    readonly RandomStream _stream;
    readonly Mt19937Stream? _words;          // the same object; null for a counter

    /// <summary>A generator like <c>torch.Generator()</c>, seeded with <see cref="DefaultSeed"/>.</summary>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    public Generator(TorchProfile? profile = null)
        : this(DefaultSeed, profile)
    {
    }

    /// <summary>A generator as after <c>torch.manual_seed(seed)</c>. On a CPU only the low 32 bits of the seed determine the stream; all 64
    /// are kept.</summary>
    /// <param name="seed">Negative seeds are two's complement: −1 is 2⁶⁴ − 1.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    public Generator(long seed, TorchProfile? profile = null)
        : this(unchecked((ulong)seed), profile)
    {
    }

    /// <summary>A generator as after <c>torch.manual_seed(seed)</c>. On a CPU only the low 32 bits of the seed determine the stream; all 64
    /// are kept.</summary>
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

    /// <summary>The seed as given, all 64 bits: <c>initial_seed()</c>.</summary>
    public ulong InitialSeed => _stream.Seed;

    /// <summary>The CPU generator that belongs to a GPU's generator and was seeded with it. Null if this is a CPU generator.</summary>
    public Generator? Host => _stream is PhiloxStream stream ? new(stream.Host, Profile.On("cpu")) : null;

    /// <summary>The offset of a GPU generator, a multiple of 4: <c>get_offset()</c>. Null on a CPU.</summary>
    public ulong? Offset => (_stream as PhiloxStream)?.Offset;

    /// <summary>Whether a standard normal is cached, as after an odd number of normals from small or strided fills.</summary>
    public bool HasCachedNormal => CachedNormal is not null;

    /// <summary>The second standard normal of the last pair, which the next small or strided fill uses first; null if there is
    /// none.</summary>
    internal double? CachedNormal
    {
        get => _words?.CachedNormal;
        set => Words.CachedNormal = value;
    }

    /// <summary>The stream that draws come from.</summary>
    internal RandomStream Stream => _stream;

    /// <summary>The sequential stream, for code that counts words.</summary>
    /// <exception cref="NotSupportedException">The stream is a counter: its numbers have no order.</exception>
    internal Mt19937Stream Words => _words ?? throw NoWords();

    /// <summary>The position in the stream, see <see cref="RandomStream.Position"/>.</summary>
    internal long Position => _stream.Position;

    /// <summary>Which twin of the kernels runs: the widest, unless a test sets another.</summary>
    internal VectorWidth Width
    {
        get => _stream.Width;
        set => _stream.Width = value;
    }

    /// <summary>Words left in the current block of 624.</summary>
    internal int WordsReady => Words.Engine is { Left: > 1 } engine ? Mt19937.Size - engine.Next : 0;

    /// <summary>Parses a seed as torch accepts it: any integer from −2⁶³ to 2⁶⁴ − 1.</summary>
    /// <param name="text">Decimal digits with an optional sign.</param>
    /// <exception cref="TorchArgumentException"><paramref name="text"/> is not an integer, or is outside that range
    /// (RuntimeError).</exception>
    public static ulong ParseSeed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart("+-").TrimStart('0');
        if (digits.Length > MostDigits && !digits.ContainsAnyExceptInRange('0', '9')) { throw TooLarge(); }
        if (!BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger seed))
        {
            throw TorchArgumentException.RuntimeError("seed", Shown(), "an integer from -2^63 to 2^64 - 1",
                $"manual_seed expected a long, but got {Shown()}").Through(nameof(text));
        }
        if (seed < long.MinValue || seed > ulong.MaxValue) { throw TooLarge(); }
        return seed.Sign < 0 ? unchecked((ulong)(long)seed) : (ulong)seed;

        TorchArgumentException TooLarge()
            => TorchArgumentException.RuntimeError("seed", Shown(), "an integer from -2^63 to 2^64 - 1", "Overflow when unpacking long")
                .Through(nameof(text));

        string Shown() => text.Length <= 100 ? text : $"{text[..100]}…";
    }

    /// <summary>Restarts the stream with <paramref name="seed"/> and drops a cached normal.</summary>
    /// <param name="seed">Negative seeds are two's complement.</param>
    public void ManualSeed(long seed) => ManualSeed(unchecked((ulong)seed));

    /// <summary>Restarts the stream with <paramref name="seed"/> and drops a cached normal.</summary>
    /// <param name="seed">Any 64-bit value; on a CPU the low 32 bits determine the stream.</param>
    public void ManualSeed(ulong seed) => _stream.Restart(seed);

    /// <summary>Restarts the stream with an unpredictable seed and returns that seed: <c>seed()</c>.</summary>
    public ulong Seed()
    {
        ulong seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        ManualSeed(seed);
        return seed;
    }

    /// <summary>The next 32-bit word of the stream: torch's <c>random()</c>.</summary>
    public uint NextUInt32() => Words.Engine.NextUInt32();

    /// <summary>The next 64-bit word: two 32-bit words, the high one first: torch's <c>random64()</c>.</summary>
    public ulong NextUInt64() => ((ulong)NextUInt32() << 32) | NextUInt32();

    /// <summary>Fills <paramref name="words"/> with the next 32-bit words of the stream.</summary>
    /// <param name="words">All are overwritten.</param>
    public void NextWords(Span<uint> words) => NextWords(words, MaskOperator.All);

    /// <summary>Fills <paramref name="target"/> with the next words, mapped by the operator; torch's float32 and 24-bit draws work this
    /// way.</summary>
    internal void NextWords<TOperator>(Span<uint> target, TOperator op)
        where TOperator : struct, IWordOperator
        => Words.Engine.Fill(target, op);

    /// <summary>Skips words of the stream in O(log words), in half a millisecond at most; keeps a cached normal. On a GPU it advances the
    /// offset.</summary>
    /// <param name="words">The number of 32-bit words, 0 or more; on a GPU the step of the offset, a multiple of 4.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="words"/> is negative, or on a GPU not a multiple of 4.</exception>
    public void Advance(long words)
    {
        if (words < 0) { throw new ArgumentOutOfRangeException(nameof(words), words, "allowed: 0 or more; the stream cannot go back."); }
        _stream.Advance(words);
    }

    /// <summary>Moves to a position of the stream, see <see cref="RandomStream.MoveTo"/>.</summary>
    internal void MoveTo(long position) => _stream.MoveTo(position);

    /// <summary>The 5056 bytes of <c>torch.get_rng_state()</c>; for a GPU generator the 16 bytes of <c>torch.cuda.get_rng_state()</c> (816
    /// up to 2.0).</summary>
    public byte[] GetState() => _stream.GetState();

    /// <summary>Restores a state, with its seed and cached normal: <c>torch.set_rng_state</c>.</summary>
    /// <param name="state">5056 bytes, or the 5048 of torch's legacy form; for a GPU generator 16, or 8 without the offset (up to 2.0: 816
    /// or 808).</param>
    /// <exception cref="TorchArgumentException">The length is wrong, a counter is out of range, or the offset is not a multiple of 4
    /// (RuntimeError); the generator is unchanged.</exception>
    public void SetState(ReadOnlySpan<byte> state) => _stream.SetState(state);

    /// <summary>An independent generator with the same state and profile.</summary>
    public Generator Clone() => new(_stream.Clone(), Profile);

    /// <summary>Copies the state of <paramref name="other"/>.</summary>
    internal void CopyFrom(Generator other) => _stream.CopyFrom(other._stream);

    NotSupportedException NoWords()
        => new($"The generator of {Profile} draws from a counter: it has no sequence of words to read, skip or search;"
            + " its fills compute each element from its index.");

    /// <summary>Seed and torch: <c>seed 42, torch 2.15 linux-x64 avx2</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"seed {InitialSeed}, {Profile}");
}
