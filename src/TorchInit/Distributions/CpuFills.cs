namespace TorchInit;

/// <summary>torch on a CPU: the words of mt19937 in sequence.</summary>
sealed class CpuFills : FillRules
{
    CpuFills()
    {
    }

    public static CpuFills Instance { get; } = new();

    public override string Name => "cpu";

    public override FillRule Uniform { get; } = new UniformRule();

    public override FillRule Normal { get; } = new NormalRule();

    public override RandomStream NewStream(ulong seed, TorchProfile profile) => new Mt19937Stream(seed);

    public override ElementFill Draw(string name, FillRule rule, double a = 0, double b = 0) => new(rule, a, b);

    public override long? PermutationLength(long n, TorchProfile profile) => RandPerm.Words(n);

    public override void Permute(Span<long> permutation, Generator generator) => RandPerm.Draw(permutation, generator.Words.Engine);

    sealed class UniformRule : FillRule
    {
        public override long Length(FillExtent fill, DType dtype, TorchProfile profile, ref bool cachedNormal)
            => UniformFill.Words(fill.Count, dtype);

        /// <summary>Measured.</summary>
        public override double Cost(DType dtype, TorchProfile profile)
            => dtype switch { DType.Float64 => 0.6, DType.Float32 => 0.2, _ => 0.4 };

        public override void Check<T>(double a, double b, TorchProfile profile) => UniformBounds.Check<T>(a, b, profile);

        public override void Draw<T>(Span<T> part, FillPart at, double a, double b, Generator generator)
        {
            generator.MoveTo(at.Start + UniformFill.Words(at.First, DType.Of<T>()));
            UniformFill.Draw(part, a, b, generator);
        }
    }

    sealed class NormalRule : FillRule
    {
        public override long Length(FillExtent fill, DType dtype, TorchProfile profile, ref bool cachedNormal)
            => NormalFill.Words(fill.Count, dtype, profile, fill.IsContiguous, ref cachedNormal);

        public override bool KeepsNormal(FillExtent fill) => !NormalFill.IsByBlocks(fill);

        public override int Grain(FillExtent fill) => NormalFill.IsByBlocks(fill) ? NormalFill.Block : 0;

        public override double Cost(DType dtype, TorchProfile profile) => NormalFill.Cost(dtype, profile);

        public override void Check<T>(double a, double b, TorchProfile profile) => NormalFill.Check<T>(b, profile);

        public override void Draw<T>(Span<T> part, FillPart at, double a, double b, Generator generator)
            => NormalFill.Draw(part, at, a, b, generator);
    }
}
