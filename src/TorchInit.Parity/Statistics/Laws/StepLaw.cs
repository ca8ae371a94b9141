namespace TorchInit.Parity;

/// <summary>The law that one step gives to the elements of its target.</summary>
static class StepLaw
{
    const int Block = 16;

    /// <summary>Null where the values follow from other tensors: their norms, their power iteration.</summary>
    public static Law? Of(InitStep step, ViewLayout target, DType dtype, InitPlan plan) => dtype switch
    {
        DType.Float32 => Of<float>(step, target, plan),
        DType.Float64 => Of<double>(step, target, plan),
        DType.Float16 => Of<Half>(step, target, plan),
        DType.BFloat16 => Of<BFloat16>(step, target, plan),
        _ => null,
    };

    static Law? Of<T>(InitStep step, ViewLayout target, InitPlan plan)
        where T : unmanaged
        => step switch
        {
            FillStep fill => new ConstantLaw(Elements.ToDouble(ConstantValue.Of<T>(fill.Value))),
            UniformStep { From: var from, To: var to } when from == to => new ConstantLaw(Elements.ToDouble(ConstantValue.Of<T>(from))),
            UniformStep uniform => Uniform<T>(uniform.From, uniform.To, plan.Profile),
            NormalStep { Std: 0 } normal => new ConstantLaw(Elements.ToDouble(ConstantValue.Of<T>(normal.Mean))),
            NormalStep normal => Normal<T>(normal.Mean, normal.Std, target, plan.Profile),
            TruncNormalStep truncated => TruncNormal<T>(truncated, plan.Profile),
            SparseStep sparse => new SparseLaw((double)SparseFill.ZerosInColumn(target.Shape[0], sparse.Sparsity) / target.Shape[0],
                Normal<T>(0, sparse.Std, target, plan.Profile)),
            OrthogonalStep orthogonal => Orthogonal(orthogonal, target),
            CopyStep copy => OfSource(copy, plan, typeof(T)),
            MapStep map => AffineLaw.Of<T>(map, plan),
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
            // u is (w + 1/2)·2⁻³², or 2⁻⁵³: the least has a bit more.
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

    static Law? OfSource(CopyStep copy, InitPlan plan, Type type)
    {
        DType dtype = type == typeof(float) ? DType.Float32 : type == typeof(double) ? DType.Float64 : type == typeof(Half) ? DType.Float16
            : DType.BFloat16;
        int storage = plan.StorageOf(copy.Source.Tensor);
        PlacedStep? source = plan.Placed.TakeWhile(placed
            => !ReferenceEquals(placed.Step, copy)).LastOrDefault(placed => placed.Storage == storage);
        if (source is null || copy.Source.Shape is not null || source.Step.Target.Shape is not null) { return null; }
        return Of(source.Step, source.Layout, dtype, plan);
    }
}
