namespace TorchInit;

/// <summary>torch's draws that create a tensor: <c>rand</c>, <c>randn</c>, <c>randint</c>, <c>randperm</c>, <c>normal</c>,
/// <c>bernoulli</c>, <c>multinomial</c>, <c>dropout</c>.</summary>
static class DrawCalls
{
    public static readonly TensorRule[] Rules =
    [
        TensorRule.Of("rand", "*size", (a, planner, dtype) => Uniform(planner, Sized(a, planner, dtype))),
        TensorRule.Of("randn", "*size", (a, planner, dtype) => Normal(planner, Sized(a, planner, dtype), 0, 1)),
        TensorRule.Of("rand_like", "input", (a, planner, dtype) => Uniform(planner, FactoryCalls.LikeOf(a, planner, dtype))),
        TensorRule.Of("randn_like", "input", (a, planner, dtype) => Normal(planner, FactoryCalls.LikeOf(a, planner, dtype), 0, 1)),
        TensorRule.Of("randint", "*args, low=None, high=None, size=None", RandInt) with { TakesGenerator = true },
        TensorRule.Of("randint_like", "input, *args, low=None, high=None", RandIntLike),
        TensorRule.Of("randperm", "n", RandPerm) with { TakesGenerator = true },
        new("normal", "mean, std=1.0, size=None, *, generator=None, dtype=None, out=None, layout=None, device=None, pin_memory=False, "
            + "requires_grad=False", (a, planner) => [NormalOf(a, planner)]),
        TensorRule.Method("bernoulli", "p=None, *, generator=None, out=None", Bernoulli),
        TensorRule.Method("multinomial", "num_samples, replacement=False, *, generator=None, out=None", Multinomial),
        TensorRule.Method("dropout", "p=0.5, training=True, inplace=False", Dropout),
        TensorRule.Method("functional.dropout", "p=0.5, training=True, inplace=False", Dropout),
    ];

    static PlannedTensor Sized(BoundArguments a, TensorPlanner planner, DType? dtype)
        => planner.New(TensorSizes.Of("size", a.Items("size")), dtype);

    static PlannedTensor Uniform(TensorPlanner planner, PlannedTensor tensor) => planner.Do(tensor, new UniformStep(tensor.Target, 0, 1));

    static PlannedTensor Normal(TensorPlanner planner, PlannedTensor tensor, double mean, double std)
        => planner.Do(tensor, new NormalStep(tensor.Target, mean, std));

    /// <summary>randint(high, size), randint(low, high, size), or with keywords.</summary>
    static PlannedTensor RandInt(BoundArguments a, TensorPlanner planner, DType? dtype)
    {
        List<TorchValue> args = [.. a.Items("args")];
        TorchValue? size = a.IsNone("size") ? null : a["size"];
        if (size is null && args.Count > 0) { (size, args) = (args[^1], args[..^1]); }
        if (size is not (TorchTuple or TorchList)) { throw a.Argument("size").TypeError("a tuple of sizes, for example (3,)", null); }
        (long low, long high) = Bounds(a, args);
        long[] shape = TensorSizes.Of("size", [size]);
        if (GeneratorCalls.Of(a, planner) is { } generator)
        {
            CheckOwnType(dtype, "randint");
            long[] drawn = new long[TensorShape.CountOrThrow(shape, Array.MaxLength)];
            Draws.RandInt(drawn, generator, low, high);
            return GeneratorCalls.Given(planner, drawn, shape);
        }
        PlannedTensor tensor = planner.New(shape, dtype ?? DType.Int64);
        return planner.Do(tensor, new RandomStep(tensor.Target, low, high));
    }

    static PlannedTensor RandIntLike(BoundArguments a, TensorPlanner planner, DType? dtype)
    {
        (long low, long high) = Bounds(a, [.. a.Items("args")]);
        PlannedTensor tensor = FactoryCalls.LikeOf(a, planner, dtype);
        return planner.Do(tensor, new RandomStep(tensor.Target, low, high));
    }

    static (long Low, long High) Bounds(BoundArguments a, List<TorchValue> args)
    {
        TorchValue[] named = [.. new[] { "low", "high" }.Where(name => !a.IsNone(name)).Select(name => a[name])];
        long[] bounds = [.. args.Concat(named).Select(bound => new PythonArgument("high", bound).Integer
            ?? throw new PythonArgument("high", bound).TypeError("an integer", null))];
        return bounds switch
        {
            [var high] => (0, high),
            [var low, var high] => (low, high),
            _ => throw a.Argument("args").TypeError("high, or low and high", null),
        };
    }

    /// <summary>randperm of any type except bool: the int64 permutation, cast.</summary>
    static PlannedTensor RandPerm(BoundArguments a, TensorPlanner planner, DType? dtype)
    {
        if (a["n"] is TorchTuple or TorchList)
        {
            throw a.Argument("n").TypeError("an integer", $"randperm(): argument 'n' must be int, not {a.Argument("n").TypeName}");
        }
        long[] shape = TensorSizes.Of("n", [a["n"]]);
        if (GeneratorCalls.Of(a, planner) is { } generator)
        {
            CheckOwnType(dtype, "randperm");
            return GeneratorCalls.Permutation(planner, (int)TensorShape.CountOrThrow(shape, Array.MaxLength), generator);
        }
        PlannedTensor tensor = planner.New(shape, dtype ?? DType.Int64);
        return planner.Do(tensor, new RandPermStep(tensor.Target));
    }

    static void CheckOwnType(DType? dtype, string name)
    {
        if (dtype is null or DType.Int64) { return; }
        throw new NotFollowedException($"{name} of {dtype.Value.TorchName()} with a generator argument is not followed; allowed: int64.");
    }

    /// <summary>normal(mean, std, size) with numbers; with tensors 0 + z·std + mean, or z·std + mean, each step rounded.</summary>
    static PlannedTensor NormalOf(BoundArguments a, TensorPlanner planner)
    {
        if (!a.IsNone("size"))
        {
            DType? dtype = TensorRule.DTypeOf(a, "normal", planner.Profile);
            return Normal(planner, planner.New(TensorSizes.Of("size", [a["size"]]), dtype), a.Double("mean"), a.Double("std"));
        }
        foreach (string factory in new[] { "dtype", "device", "out", "layout" })
        {
            if (!a.IsNone(factory)) { throw a.Argument(factory).TypeError("None, if no size is given", null); }
        }
        PlannedTensor? mean = a["mean"] is TorchCall ? planner.Tensor(a["mean"], "mean") : null;
        PlannedTensor? std = a["std"] is TorchCall ? planner.Tensor(a["std"], "std") : null;
        PlannedTensor model = mean ?? std ?? throw a.Argument("size").TypeError("a size, if mean and std are numbers", null);
        if (mean is not null && std is not null && (!mean.Shape.SequenceEqual(std.Shape) || mean.DType != std.DType))
        {
            throw new NotFollowedException($"normal({a["mean"]}, {a["std"]}) is not followed: mean and std have different shapes or "
                + "dtypes; allowed: one shape and dtype for both, for example by expand.");
        }
        PlannedTensor drawn = planner.New(model.Shape, model.DType);
        if (std is null)
        {
            Normal(planner, drawn, 0, a.Double("std"));
            return planner.Do(drawn, new CombineStep(drawn.Target, ScalarOperation.Add, mean!.Target));
        }
        planner.Do(drawn, new CheckStdStep(std.Target));
        Normal(planner, drawn, 0, 1);
        planner.Do(drawn, new CombineStep(drawn.Target, ScalarOperation.Mul, std.Target));
        return planner.Do(drawn, mean is null ? new ScalarStep(drawn.Target, ScalarOperation.Add, a.Double("mean"))
            : new CombineStep(drawn.Target, ScalarOperation.Add, mean.Target));
    }

    /// <summary>bernoulli(p) with a tensor of probabilities; bernoulli(input, p) with a number, where input gives only shape and
    /// dtype.</summary>
    static PlannedTensor Bernoulli(BoundArguments a, TensorPlanner planner, PlannedTensor input)
    {
        PlannedTensor drawn = planner.New(input.Shape, input.DType);
        return planner.Do(drawn, a.IsNone("p") ? new BernoulliTensorStep(drawn.Target, planner.Whole(input).Memory)
            : new BernoulliStep(drawn.Target, a.Double("p")));
    }

    static PlannedTensor Multinomial(BoundArguments a, TensorPlanner planner, PlannedTensor weights)
    {
        if (weights.Shape.Length is not (1 or 2))
        {
            throw TorchArgumentException.RuntimeError("input", weights.Shape, "1 or 2 dimensions",
                "prob_dist must be 1 or 2 dim");
        }
        long samples = a.Long("num_samples");
        if (samples <= 0)
        {
            throw TorchArgumentException.RuntimeError("num_samples", samples, "1 or more", "cannot sample n_sample <= 0 samples");
        }
        PlannedTensor drawn = planner.New([.. weights.Shape[..^1], samples], DType.Int64);
        return planner.Do(drawn, new MultinomialStep(drawn.Target, planner.Whole(weights).Memory, a.Bool("replacement")));
    }

    /// <summary>input · (bernoulli_(1 − p) / (1 − p)); one kernel on a GPU.</summary>
    static PlannedTensor Dropout(BoundArguments a, TensorPlanner planner, PlannedTensor input)
    {
        double p = a.Double("p");
        DropoutMask.Check<float>(p, planner.Profile);
        if (!a.Bool("training") || p == 0 || input.Count == 0) { return input; }
        long[]? strides = Strided.OfResult(input.Shape, input);
        PlannedTensor result = planner.Owned(input, input.Shape, input.DType, strides);
        if (p == 1) { return planner.Do(result, new ScalarStep(result.Target, ScalarOperation.Mul, 0)); }
        if (planner.Profile.Gpu is not null)
        {
            if (a.Bool("inplace"))
            {
                throw new NotFollowedException("dropout with inplace=True is not followed on a GPU, where torch has other kernels for it; "
                    + "allowed: inplace=False.");
            }
            return planner.Do(result, new DropoutStep(result.Target, p, input.IsDense ? CudaDropout.MostAt(input.Offset) : 1));
        }
        PlannedTensor mask = planner.New(input.Shape, input.DType, planner.Profile.MaskIsLaidAsInput ? strides : null);
        planner.Do(mask, new BernoulliStep(mask.Target, 1 - p));
        planner.Do(mask, new ScalarStep(mask.Target, ScalarOperation.Div, 1 - p));
        return planner.Do(result, new CombineStep(result.Target, ScalarOperation.Mul, mask.Target));
    }
}
