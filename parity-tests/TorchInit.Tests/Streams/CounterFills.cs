namespace TorchInit.Tests.Streams;

/// <summary>
/// Fills of a counter: a launch of so many threads, of which each makes every T-th element and up to four of them a draw. What a fill takes
/// of the offset depends on its count and on how many blocks of 256 threads there are. Its values are simple; where they come from is as on
/// a GPU.
/// </summary>
sealed class CounterFills(int blocks) : FillRules
{
    public static TorchProfile Profile(string version, int blocks = 3)
        => TorchProfile.For(version) with { Fills = new CounterFills(blocks) };

    public override string Name => $"counter of {blocks} blocks";

    public override FillRule Uniform { get; } = new Rule(blocks, isNormal: false);

    public override FillRule Normal { get; } = new Rule(blocks, isNormal: true);

    public override RandomStream NewStream(ulong seed, TorchProfile profile) => new CounterStream(seed);

    /// <summary>From the host's stream, which no offset tells.</summary>
    public override ElementFill Draw(string name, FillRule rule, double a = 0, double b = 0) => throw new NotFollowedException(name);

    public override long? PermutationLength(long n, TorchProfile profile) => null;

    public override void Permute(Span<long> permutation, Generator generator)
        => RandPerm.Draw(permutation, ((CounterStream)generator.Stream).Host.Engine);

    sealed class Rule(int blocks, bool isNormal) : FillRule
    {
        public override long Length(FillExtent fill, DType dtype, TorchProfile profile, ref bool cachedNormal)
            => fill.Count == 0 ? 0 : 4 * ((fill.Count - 1) / (Threads(fill.Count) * Unroll(dtype)) + 1);

        public override double Cost(DType dtype, TorchProfile profile) => 20;

        public override void Check<T>(double a, double b, TorchProfile profile)
        {
            if (isNormal) { NormalFill.Check<T>(b, profile); }
            else { UniformBounds.Check<T>(a, b, profile); }
        }

        public override void Draw<T>(Span<T> part, FillPart at, double a, double b, Generator generator)
        {
            DType dtype = DType.Of<T>();
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = Elements.FromDouble<T>(Value(at.First + i, at, dtype, a, b, generator.InitialSeed));
            }
            bool none = false;
            if (at.First + part.Length == at.Whole.Count)
            {
                generator.MoveTo(at.Start + Length(at.Whole, dtype, generator.Profile, ref none));
            }
        }

        double Value(long element, FillPart at, DType dtype, double a, double b, ulong seed)
        {
            long threads = Threads(at.Whole.Count), row = element / threads;
            int unroll = Unroll(dtype);
            uint[] words = CounterStream.Philox(seed, (ulong)(at.Start / 4 + row / unroll), (ulong)(element % threads));
            double u = (words[row % unroll] + 0.5) * Math.ScaleB(1, -32);
            return isNormal ? a + b * Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * words[(row + 1) % 4] * Math.ScaleB(1, -32))
                : a + (b - a) * u;
        }

        long Threads(long count) => 256 * Math.Min((count + 255) / 256, blocks);

        static int Unroll(DType dtype) => dtype == DType.Float64 ? 2 : 4;
    }
}
