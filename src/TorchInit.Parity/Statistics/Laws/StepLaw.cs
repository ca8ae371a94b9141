namespace TorchInit.Parity;

/// <summary>The law that one step gives to the elements of its target.</summary>
static class StepLaw
{
    const int Block = 16;

    /// <summary>Null if the values follow from other tensors: their norms, their power iteration.</summary>
    /// <param name="step">The step.</param>
    /// <param name="target">The layout of its target.</param>
    /// <param name="dtype">The target's dtype.</param>
    /// <param name="plan">The step's plan.</param>
    /// <param name="floating">The floating dtype of tensors without one of their own; null if it is not known.</param>
    public static Law? Of(InitStep step, ViewLayout target, DType dtype, InitPlan plan, DType? floating = null)
        => dtype.Run(new Work(step, target, plan, floating));

    sealed record Work(InitStep Step, ViewLayout Target, InitPlan Plan, DType? Floating) : IElementWork<Law?>
    {
        public Law? Run<T>()
            where T : unmanaged
            => DrawLaw.Of<T>(Step, Target, Plan, Floating) ?? ArithmeticLaw.Of<T>(Step, Plan, Floating)
                ?? StepLaw.Of<T>(Step, Target, Plan, Floating);
    }

    static Law? Of<T>(InitStep step, ViewLayout target, InitPlan plan, DType? floating)
        where T : unmanaged
        => step switch
        {
            FillStep fill => new ConstantLaw(Elements64.Of(ConstantValue.Of<T>(fill.Value))),
            CopyStep copy => EarlierLaw.Of(plan, copy, copy.Source, DType.Of<T>(), floating),
            _ when !DType.Of<T>().IsFloatingPoint() => null,
            UniformStep { From: var from, To: var to } when from == to => new ConstantLaw(Elements.ToDouble(ConstantValue.Of<T>(from))),
            UniformStep uniform => Uniform<T>(uniform.From, uniform.To, plan.Profile),
            NormalStep { Std: 0 } normal => new ConstantLaw(Elements.ToDouble(ConstantValue.Of<T>(normal.Mean))),
            NormalStep normal => Normal<T>(normal.Mean, normal.Std, target, plan.Profile),
            TruncNormalStep truncated => TruncNormal<T>(truncated, plan.Profile),
            SparseStep sparse => new SparseLaw((double)SparseFill.ZerosInColumn(target.Shape[0], sparse.Sparsity) / target.Shape[0],
                Normal<T>(0, sparse.Std, target, plan.Profile)),
            OrthogonalStep orthogonal => Orthogonal(orthogonal, target),
            _ => null,
        };

    static Law Uniform<T>(double from, double to, TorchProfile profile)
        where T : unmanaged
        => typeof(T) == typeof(double) ? new UniformLaw(from, to, 53)
            : typeof(T) == typeof(float) ? new UniformLaw((float)from, (float)to, 24)
            : Law16.Uniform<T>(from, to, profile);

    static Law Normal<T>(double mean, double std, ViewLayout target, TorchProfile profile)
        where T : unmanaged
    {
        if (profile.Gpu is not null && DType.Of<T>() is DType.Float32 or DType.Float64)
        {
            // u is (w + 1/2)·2⁻³², or 2⁻⁵³: the smallest has a bit more.
            return typeof(T) == typeof(double) ? new NormalLaw(mean, std, 54, 53) : new NormalLaw(mean, std, 33, 24);
        }
        bool blocks = target.IsContiguous && target.Count >= Block;
        if (typeof(T) == typeof(double)) { return new NormalLaw(mean, std, 53, 53); }
        if (typeof(T) == typeof(float)) { return new NormalLaw(mean, std, blocks ? 24 : 53, 24); }
        return blocks && profile.Normal16 == Normal16Kind.FewBits
            ? FewBitNormals.Of<T>(mean, std, profile) : Law16.NormalRounded<T>(mean, std);
    }

    static Law TruncNormal<T>(TruncNormalStep step, TorchProfile profile)
        where T : unmanaged
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double)) { return Law16.TruncNormal<T>(step, profile); }
        int bits = typeof(T) == typeof(double) ? 53 : 24;
        // Before 2.12 a uniform that is exactly −1 becomes −∞, and then the lower bound.
        double lowest = 2 * NormalLaw.Cumulative((step.A - step.Mean) / step.Std) - 1;
        bool reachesMinusOne = (typeof(T) == typeof(float) ? (float)lowest : lowest) == -1;
        return new TruncNormalLaw(step.Mean, step.Std, step.A, step.B, bits, !profile.TruncatesByRejection
            && reachesMinusOne ? Math.Pow(2, -bits) : 0);
    }

    static HaarEntryLaw? Orthogonal(OrthogonalStep step, ViewLayout target)
    {
        long rows = target.Shape[0];
        long size = Math.Max(rows, rows == 0 ? 0 : target.Count / rows);
        return size < 2 || step.Gain <= 0 ? null : new HaarEntryLaw(size, step.Gain);
    }
}
