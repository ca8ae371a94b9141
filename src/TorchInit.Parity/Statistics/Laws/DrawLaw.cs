namespace TorchInit.Parity;

/// <summary>The laws of draws other than uniforms and normals.</summary>
static class DrawLaw
{
    // Beyond this, the remaining weights are not tracked.
    const int MostItems = 1 << 24;
    const int MostCounted = 1 << 18;

    /// <summary>Null for any other step, or if the law follows from unknown values.</summary>
    public static Law? Of<T>(InitStep step, ViewLayout target, InitPlan plan, DType? floating)
        where T : unmanaged
        => step switch
        {
            ExponentialStep { Lambda: > 0 } exponential
                => Stored<T>(new ExponentialLaw(exponential.Lambda, plan.Profile.Gpu is null ? 53 : 33, StoredBits<T>())),
            LogNormalStep { Std: > 0 } normal => LogNormal<T>(normal),
            CauchyStep { Sigma: > 0 } cauchy => Stored<T>(new CauchyLaw(cauchy.Median, cauchy.Sigma, StoredBits<T>(),
                plan.Profile.Gpu is not null && typeof(T) != typeof(double) ? 24 : 53)),
            GeometricStep { P: > 0 and < 1 } geometric => Geometric<T>(geometric.P, plan.Profile),
            BernoulliStep bernoulli => Bernoulli(bernoulli.P),
            BernoulliTensorStep bernoulli => Bernoulli(bernoulli, plan, floating),
            RandomStep random => Whole<T>(new RandomRule(random.From, random.To), plan.Profile),
            RandPermStep => Permutation<T>(target.Count, (int)Math.Min(target.Count, int.MaxValue)),
            SampleStep { Order: SampleOrder.RandomWithReplacement } sample => new WholeUniformLaw(0, (UInt128)sample.Items),
            SampleStep sample => Permutation<T>(sample.Items, (int)Math.Min(sample.Items, target.Count)),
            MultinomialStep multinomial when target.Shape.Length == 1 => Weights(multinomial, plan) is { } weights
                ? Multinomial(multinomial, weights, (int)target.Count, plan.Profile) : null,
            _ => null,
        };

    /// <summary>0 or 1.</summary>
    public static Law Bernoulli(double p) => p is 0 or 1 ? new ConstantLaw(p)
        : new GridLaw(FormattableString.Invariant($"Bernoulli({p:G4})"), [(0, 1 - p), (1, p)]);

    /// <summary>The law as a dtype stores it: 16 bits form a grid.</summary>
    public static Law Stored<T>(Law law)
        where T : unmanaged
        => typeof(T) == typeof(Half) || typeof(T) == typeof(BFloat16)
            ? new GridLaw($"{law}", Law16.Rounded<T>(law, law.Support.Low, law.Support.High)) : law;

    /// <summary>Parts of the target, each with its law, if it is filled from given values: probabilities, or rows of weights. Null if it
    /// is not.</summary>
    public static IEnumerable<(int[] Positions, Law Law)>? Parts(InitStep step, ViewLayout target, InitPlan plan)
    {
        if (!target.IsContiguous) { return null; }
        if (step is BernoulliTensorStep bernoulli && Given(plan, step, bernoulli.Probabilities) is { } probabilities)
        {
            return probabilities.Index().GroupBy(entry => entry.Item, entry => entry.Index)
                .Select(group => (group.ToArray(), Bernoulli(group.Key)));
        }
        if (step is MultinomialStep multinomial && target.Shape.Length == 2 && Weights(multinomial, plan) is { } weights)
        {
            int rows = (int)target.Shape[0], samples = (int)target.Shape[1];
            return Enumerable.Range(0, rows).Where(_ => samples > 0).Select(row => (Enumerable.Range(row * samples, samples).ToArray(),
                Multinomial(multinomial, weights[(row * (weights.Length / rows))..((row + 1) * (weights.Length / rows))], samples,
                    plan.Profile))).Where(part => part.Item2 is not null)!;
        }
        return null;
    }

    static int StoredBits<T>()
        where T : unmanaged
        => typeof(T) == typeof(double) ? 53 : 24;

    /// <summary>Null if float32 overflows or underflows.</summary>
    static Law? LogNormal<T>(LogNormalStep step)
        where T : unmanaged
    {
        LogNormalLaw law = new(step.Mean, step.Std, StoredBits<T>());
        (double low, double high) = law.Support;
        return typeof(T) == typeof(float) && !(low > 1.2e-38 && high < float.MaxValue) || !double.IsFinite(high) || low == 0
            ? null : Stored<T>(law);
    }

    /// <summary>Integer types too small for the values are counted as torch truncates them.</summary>
    static Law? Geometric<T>(double p, TorchProfile profile)
        where T : unmanaged
    {
        GeometricLaw law = new(p);
        if (DType.Of<T>().IsFloatingPoint()) { return Stored<T>(law); }
        double high = law.Support.High;
        if (Elements64.Of(DrawElements.FromDouble<T>(high, profile)) == high) { return law; }
        return high > MostCounted ? null : new GridLaw($"{law}", Enumerable.Range(1, (int)high).Select(k
            => (Elements64.Of(DrawElements.FromDouble<T>(k, profile)), law.AtMost(k) - law.Below(k))));
    }

    /// <summary>Of the probabilities' law, only the mean matters.</summary>
    static Law? Bernoulli(BernoulliTensorStep step, InitPlan plan, DType? floating)
        => (plan[step.Probabilities].DType ?? floating) is { } dtype
            && EarlierLaw.Of(plan, step, new(step.Probabilities), dtype, floating) is { } law
            && law.Support is { Low: >= 0, High: <= 1 } ? Bernoulli(law.Mean) : null;

    static Law Whole<T>(RandomRule rule, TorchProfile profile)
        where T : unmanaged
    {
        (long first, ulong count, bool wide) = rule.Range(DType.Of<T>(), profile);
        WholeUniformLaw law = count == 0 ? new(long.MinValue, UInt128.One << 64, 64)
            : new(first, count, wide ? 64 : 32);
        return DType.Of<T>().IsFloatingPoint() ? Stored<T>(law with { StoredBits = StoredBits<T>() }) : law;
    }

    static SuccessiveLaw? Permutation<T>(long items, int length)
        where T : unmanaged
        => items is 0 or > MostItems || (typeof(T) == typeof(Half) && items > 1 << 11) || (typeof(T) == typeof(BFloat16) && items > 1 << 8)
            || Elements64.Of(DrawElements.FromInteger<T>(items - 1)) != items - 1
            ? null : new(new WholeUniformLaw(0, (UInt128)items, 64), (int)items, length);

    static Law? Multinomial(MultinomialStep step, double[] weights, int samples, TorchProfile profile)
    {
        if (weights.Length > MostItems || !(weights.Sum() > 0)) { return null; }
        Law first = Array.TrueForAll(weights, weight => weight == weights[0]) ? new WholeUniformLaw(0, (UInt128)weights.Length, 64)
            : new GridLaw("categories by weight", weights.Select((weight, category) => ((double)category, weight)));
        return step.Replacement || samples == 1 ? first : new SuccessiveLaw(first, weights.Length, samples);
    }

    static double[]? Weights(MultinomialStep step, InitPlan plan) => Given(plan, step, step.Weights);

    /// <summary>The values of a tensor before a step, if they are not drawn.</summary>
    static double[]? Given(InitPlan plan, InitStep before, string tensor) => EarlierLaw.Writer(plan, before, tensor) switch
    {
        { CoversTensor: true, Step: DataStep data } => [.. data.Values],
        { CoversTensor: true, Step: FillStep fill, Layout.Count: var count } => [.. Enumerable.Repeat(fill.Value, (int)count)],
        _ => null,
    };
}
