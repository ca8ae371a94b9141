namespace TorchInit.Parity;

/// <summary>The laws of arithmetic on drawn values: for a law on few values, that of their results, to the bit; for a normal and the like,
/// from its form; a mask of zeros and ones leaves a share of zeros.</summary>
static class ArithmeticLaw
{
    const int MostPairs = 1 << 20;

    /// <summary>Null if no law is known.</summary>
    public static Law? Of<T>(InitStep step, InitPlan plan, DType? floating)
        where T : unmanaged
        => step switch
        {
            MapStep map => EarlierLaw.Of(plan, step, map.Target, DType.Of<T>(), floating) is { } law
                ? Mapped<T>(map, law, plan.Profile) : null,
            CombineStep combine => Combined<T>(combine, plan, floating),
            DropoutStep dropout => EarlierLaw.Of(plan, step, dropout.Target, DType.Of<T>(), floating) is { } law
                ? Dropped<T>(dropout, law, plan.Profile) : null,
            CompareStep compare => Compared(compare, compare, plan, floating),
            CompareTensorsStep { Right: var right } compare
                when EarlierLaw.Of(plan, step, right, DType.Float64, floating) is ConstantLaw constant
                => Compared(compare, new(compare.Target, compare.Left, compare.Operation, constant.Value), plan, floating),
            ConvertStep convert => TypeOf(plan[convert.Source.Tensor], floating) is { } dtype
                && EarlierLaw.Of(plan, step, convert.Source, dtype, floating) is { } law ? Converted<T>(law, plan.Profile) : null,
            _ => null,
        };

    static Law? Mapped<T>(MapStep step, Law law, TorchProfile profile)
        where T : unmanaged
        => law.Points is { } points ? OnPoints<T>($"{law.Name} after {$"{step}".Split('(')[0]}", points, elements
            => step.Map(elements.AsSpan(), profile), profile)
            : DType.Of<T>().IsFloatingPoint() && AffineLaw.Coefficients(step) is { } a ? AffineLaw.Of(law, a.Factor, a.Term) : null;

    static Law? Combined<T>(CombineStep step, InitPlan plan, DType? floating)
        where T : unmanaged
    {
        Law? left = EarlierLaw.Of(plan, step, step.Target, DType.Of<T>(), floating),
            right = EarlierLaw.Of(plan, step, step.Other, DType.Of<T>(), floating);
        return (left, right) switch
        {
            (null, _) or (_, null) => null,
            (_, ConstantLaw constant) => With(left, constant),
            (ConstantLaw constant, _) when step.Operation is ScalarOperation.Mul or ScalarOperation.Add => With(right, constant),
            _ when !EarlierLaw.AreIndependent(plan, step, step.Target.Tensor, step.Other.Tensor) => null,
            ({ Points: { } values }, { Points: { } others }) => Product<T>(step, (left, [.. values]), (right, [.. others]), plan.Profile),
            _ => step.Operation == ScalarOperation.Mul ? Masked(left, right) ?? Masked(right, left) : null,
        };

        Law? With(Law law, ConstantLaw constant)
            => Mapped<T>(new ScalarStep(step.Target, step.Operation, constant.Value), law, plan.Profile);
    }

    /// <summary>Every value of one law with every value of the other.</summary>
    static Law? Product<T>(CombineStep step, (Law Law, (double Value, double Weight)[] Points) left,
        (Law Law, (double Value, double Weight)[] Points) right, TorchProfile profile)
        where T : unmanaged
    {
        if (left.Points.Length * (long)right.Points.Length > MostPairs) { return null; }
        string name = $"{left.Law.Name} {ElementMath.NameOf(step.Operation)} {right.Law.Name}";
        return Joined(name, right.Points.SelectMany(other => Points<T>(left.Points, elements
            => new ScalarStep(step.Target, step.Operation, other.Value).Map(elements.AsSpan(), profile), profile)
            .Select(point => (point.Value, point.Weight * other.Weight))));
    }

    /// <summary>A law after a GPU's dropout.</summary>
    static Law? Dropped<T>(DropoutStep step, Law law, TorchProfile profile)
        where T : unmanaged
    {
        double kept = CudaDropout.Kept<T>(step.P);
        if (kept == 1) { return null; }
        GridLaw mask = new(FormattableString.Invariant($"dropout({step.P:G4})"), [(0, 1 - kept), (CudaDropout.Scale<T>(step.P), kept)]);
        return law.Points is { } points
            ? Product<T>(new(step.Target, ScalarOperation.Mul, step.Target), (law, [.. points]), (mask, [.. mask.Points!]), profile)
            : Masked(law, mask);
    }

    /// <summary>A law after a mask of 0 and another number.</summary>
    static SparseLaw? Masked(Law law, Law mask)
        => mask.Points?.ToArray() is [(0, var zeros), (var kept, _)] && !law.HasAtoms && AffineLaw.Of(law, kept, 0) is { } other
            ? new(zeros, other) : null;

    static DType? TypeOf(ParameterSpec tensor, DType? floating) => tensor.DType ?? floating;

    static Law? Compared(InitStep before, CompareStep step, InitPlan plan, DType? floating)
    {
        if (TypeOf(plan[step.Source.Tensor], floating) is not { } dtype
            || EarlierLaw.Of(plan, before, step.Source, dtype, floating) is not { } law)
        {
            return null;
        }
        double value = dtype switch
        {
            DType.Float32 => (float)step.Value,
            DType.Float16 => Elements.Round<Half>((float)step.Value),
            DType.BFloat16 => Elements.Round<BFloat16>((float)step.Value),
            _ => step.Value,
        };
        return DrawLaw.Bernoulli(step.Operation switch
        {
            Comparison.Lt => law.Below(value),
            Comparison.Le => law.AtMost(value),
            Comparison.Gt => 1 - law.AtMost(value),
            Comparison.Ge => 1 - law.Below(value),
            Comparison.Eq => law.AtMost(value) - law.Below(value),
            _ => 1 - (law.AtMost(value) - law.Below(value)),
        });
    }

    static Law? Converted<T>(Law law, TorchProfile profile)
        where T : unmanaged
    {
        DType dtype = DType.Of<T>();
        bool holdsAll = dtype is DType.Float32 or DType.Float64 or DType.Int32 or DType.Int64;
        if (law is SuccessiveLaw) { return holdsAll ? law : null; }
        if (law.Points is { } points) { return OnPoints<T>(law.Name, points, _ => { }, profile); }
        return (dtype, law) switch
        {
            (DType.Float32 or DType.Float64 or DType.Int64, WholeUniformLaw or GeometricLaw) or (DType.Float64, _) => law,
            (DType.Float32, UniformLaw uniform) => uniform with { Bits = Math.Min(uniform.Bits, 24) },
            (DType.Float32, NormalLaw normal) => normal with { StoredBits = 24 },
            (DType.Float32, ExponentialLaw exponential) => exponential with { StoredBits = 24 },
            (DType.Float16 or DType.BFloat16, { HasAtoms: false, ElementsAreIndependent: true }) => DrawLaw.Stored<T>(law),
            _ => null,
        };
    }

    /// <summary>The law of the results for a few values.</summary>
    static Law? OnPoints<T>(string name, IEnumerable<(double Value, double Weight)> points, Action<T[]> change, TorchProfile profile)
        where T : unmanaged
        => Joined(name, Points<T>([.. points], change, profile));

    static IEnumerable<(double Value, double Weight)> Points<T>((double Value, double Weight)[] before, Action<T[]> change,
        TorchProfile profile)
        where T : unmanaged
    {
        T[] elements = [.. before.Select(point => DrawElements.FromDouble<T>(point.Value, profile))];
        change(elements);
        return elements.Zip(before, (element, point) => (Elements64.Of(element), point.Weight));
    }

    /// <summary>None if a result is NaN.</summary>
    static Law? Joined(string name, IEnumerable<(double Value, double Weight)> points)
    {
        (double Value, double Weight)[] all = [.. points];
        if (all.Any(point => double.IsNaN(point.Value))) { return null; }
        GridLaw law = new(name, all);
        return law.Count == 1 ? new ConstantLaw(law.Support.Low) : law;
    }
}
