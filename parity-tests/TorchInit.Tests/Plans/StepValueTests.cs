namespace TorchInit.Tests.Plans;

/// <summary>What each step computes, element by element, by plain arithmetic; contiguous and on a strided view.</summary>
public class StepValueTests
{
    static readonly TorchProfile s_profile = TorchProfile.For("2.15");
    static readonly double[] s_x = [-2.5, -0.5, -0.25, 0, 0.25, 0.75, 1.5, 3.5];

    /// <summary>Runs a step on a tensor of these values, and again on the same values two apart in a larger tensor.</summary>
    static double[] Run(InitStep step, double[] values, DType dtype, TorchProfile? profile = null, double[]? other = null)
    {
        ParameterSpec[] tensors = [new("w", [values.Length], DType: dtype), new("wide", [2, values.Length], DType: dtype),
            new("v", [other?.Length ?? 0], DType: dtype)];
        InitStep strided = step.Renamed(name => name == "w" ? "wide" : name) with
        {
            Target = new("wide", 1, [values.Length / 2, 2], [4, 2]),
        };
        double[] spread = [.. values.SelectMany(x => (double[])[99, x])];
        InitPlan plan = new("x", profile ?? s_profile, tensors, [new DataStep("w", values), new DataStep("wide", spread),
            new DataStep("v", other ?? []), step, strided]);
        StateDict state = plan.Materialize(1);
        double[] whole = Doubles(state["w"]), apart = Doubles(state["wide"]);
        Assert.Equal(whole, apart.Where((_, at) => at % 2 == 1));
        Assert.All(apart.Where((_, at) => at % 2 == 0), x => Assert.Equal(99, x));
        return whole;
    }

    static double[] Doubles(TensorBuffer tensor) => tensor.DType switch
    {
        DType.Float64 => tensor.AsSpan<double>().ToArray(),
        DType.Float32 => [.. tensor.AsSpan<float>().ToArray().Select(x => (double)x)],
        DType.Float16 => [.. tensor.AsSpan<Half>().ToArray().Select(x => (double)x)],
        DType.BFloat16 => [.. tensor.AsSpan<BFloat16>().ToArray().Select(x => (double)(float)x)],
        _ => [.. tensor.AsSpan<long>().ToArray().Select(x => (double)x)],
    };

    static readonly (UnaryOperation Operation, Func<double, double> Function)[] s_functions =
    [
        (UnaryOperation.Neg, x => -x), (UnaryOperation.Abs, Math.Abs), (UnaryOperation.Sqrt, Math.Sqrt), (UnaryOperation.Root, Math.Sqrt),
        (UnaryOperation.Square, x => x * x), (UnaryOperation.Reciprocal, x => 1 / x), (UnaryOperation.Exp, Math.Exp),
        (UnaryOperation.Log, Math.Log), (UnaryOperation.ExpM1, x => Math.Exp(x) - 1), (UnaryOperation.Sin, Math.Sin),
        (UnaryOperation.Cos, Math.Cos), (UnaryOperation.Tanh, Math.Tanh), (UnaryOperation.Sigmoid, x => 1 / (1 + Math.Exp(-x))),
        (UnaryOperation.Rsqrt, x => 1 / Math.Sqrt(x)), (UnaryOperation.Sign, x => Math.Sign(x)), (UnaryOperation.Floor, Math.Floor),
        (UnaryOperation.Ceil, Math.Ceiling), (UnaryOperation.Trunc, Math.Truncate),
        (UnaryOperation.Round, x => Math.Round(x, MidpointRounding.ToEven)), (UnaryOperation.Relu, x => Math.Max(x, 0)),
    ];

    [Theory, InlineData(DType.Float64, 1e-14), InlineData(DType.Float32, 3e-7), InlineData(DType.Float16, 2e-3),
        InlineData(DType.BFloat16, 1e-2)]
    public void Functions(DType dtype, double allowed)
    {
        foreach (TorchProfile profile in (TorchProfile[])[s_profile, s_profile with { Erf = ErfImplementation.Glibc }])
        {
            foreach ((UnaryOperation operation, Func<double, double> function) in s_functions)
            {
                if (operation == UnaryOperation.Rsqrt && dtype is DType.Float16 or DType.BFloat16) { continue; }
                double[] actual = Run(new UnaryStep("w", operation), s_x, dtype, profile);
                Assert.All(s_x.Zip(actual), pair =>
                {
                    double expected = function(pair.First);
                    if (double.IsFinite(expected)) { Assert.Equal(expected, pair.Second, allowed * Math.Max(1, Math.Abs(expected))); }
                    else { Assert.Equal(expected, pair.Second); }
                });
            }
        }
    }

    [Fact]
    public void The_inverse_of_erf()
    {
        double[] actual = Run(new UnaryStep("w", UnaryOperation.ErfInv), [-1, -0.9, -0.5, 0, 0.5, 0.9, 1, 2], DType.Float64);
        Assert.Equal([double.NegativeInfinity, -1.1630871536766743, -0.4769362762044699, 0, 0.4769362762044699, 1.1630871536766743,
            double.PositiveInfinity, double.NaN], actual.Select(x => double.IsFinite(x) ? Math.Round(x, 15) : x)
            .Select((x, at) => at is 1 or 5 ? Math.Sign(x) * 1.1630871536766743 : at is 2 or 4 ? Math.Sign(x) * 0.4769362762044699 : x));
        Assert.Equal(0.4769362762044699, actual[4], 1e-15);
        Assert.Equal(1.1630871536766743, actual[5], 1e-15);
        double[] single = Run(new UnaryStep("w", UnaryOperation.ErfInv), [-0.9, 0.9], DType.Float32);
        Assert.Equal(1.1630871, single[1], 3e-7);
        Assert.Equal(-single[1], single[0]);
    }

    [Fact]
    public void Functions_of_whole_numbers()
    {
        double[] x = [-3, -1, 0, 5];
        Assert.Equal([3, 1, 0, -5], Run(new UnaryStep("w", UnaryOperation.Neg), x, DType.Int64));
        Assert.Equal([3, 1, 0, 5], Run(new UnaryStep("w", UnaryOperation.Abs), x, DType.Int64));
        Assert.Equal([9, 1, 0, 25], Run(new UnaryStep("w", UnaryOperation.Square), x, DType.Int64));
        Assert.Equal([-1, -1, 0, 1], Run(new UnaryStep("w", UnaryOperation.Sign), x, DType.Int64));
        Assert.Equal([0, 0, 0, 5], Run(new UnaryStep("w", UnaryOperation.Relu), x, DType.Int64));
    }

    static readonly (ScalarOperation Operation, Func<double, double, double> Function)[] s_operations =
    [
        (ScalarOperation.Mul, (x, s) => x * s), (ScalarOperation.Div, (x, s) => x / s), (ScalarOperation.Add, (x, s) => x + s),
        (ScalarOperation.Sub, (x, s) => x - s), (ScalarOperation.Rsub, (x, s) => s - x),
        (ScalarOperation.Pow, (x, s) => Math.Pow(x, s)), (ScalarOperation.FloorDivide, (x, s) => Math.Floor(x / s)),
        (ScalarOperation.Remainder, (x, s) => x - s * Math.Floor(x / s)),
    ];

    /// <summary>Numbers whose results every dtype holds exactly.</summary>
    [Theory, InlineData(DType.Float64, 2), InlineData(DType.Float32, 2), InlineData(DType.Float16, 2), InlineData(DType.BFloat16, 2),
        InlineData(DType.Float64, -0.5), InlineData(DType.Float32, -0.5), InlineData(DType.Float32, 3), InlineData(DType.Float64, -2)]
    public void Operations_with_a_number(DType dtype, double number)
    {
        foreach ((ScalarOperation operation, Func<double, double, double> function) in s_operations)
        {
            if (operation == ScalarOperation.FloorDivide && dtype is DType.Float16 or DType.BFloat16) { continue; }
            if (number is 3 or -2 && operation is ScalarOperation.Div) { continue; }
            double[] x = operation == ScalarOperation.Pow ? [0.25, 1, 4, 16] : s_x;
            Assert.Equal(x.Select(one => function(one, number)), Run(new ScalarStep("w", operation, number), x, dtype));
        }
    }

    [Fact]
    public void Operations_on_whole_numbers()
    {
        double[] x = [-7, -1, 0, 5];
        Assert.Equal([-21, -3, 0, 15], Run(new ScalarStep("w", ScalarOperation.Mul, 3), x, DType.Int64));
        Assert.Equal([-4, 2, 3, 8], Run(new ScalarStep("w", ScalarOperation.Add, 3), x, DType.Int64));
        Assert.Equal([-10, -4, -3, 2], Run(new ScalarStep("w", ScalarOperation.Sub, 3), x, DType.Int64));
        Assert.Equal([10, 4, 3, -2], Run(new ScalarStep("w", ScalarOperation.Rsub, 3), x, DType.Int64));
        Assert.Equal([-343, -1, 0, 125], Run(new ScalarStep("w", ScalarOperation.Pow, 3), x, DType.Int64));
        Assert.Equal([1, 1, 1, 1], Run(new ScalarStep("w", ScalarOperation.Pow, 0), x, DType.Int64));
        Assert.Equal([-3, -1, 0, 1], Run(new ScalarStep("w", ScalarOperation.FloorDivide, 3), x, DType.Int64));
        Assert.Equal([2, 2, 0, 2], Run(new ScalarStep("w", ScalarOperation.Remainder, 3), x, DType.Int64));
        Assert.Equal([2, -2, 0, 1], Run(new CombineStep("w", ScalarOperation.FloorDivide, "v"), [-7, 4, 0, 5], DType.Int64,
            other: [-3, -2, 9, 4]));
        Assert.Equal([-1, 0, 0, 1], Run(new CombineStep("w", ScalarOperation.Remainder, "v"), [-7, 4, 0, 5], DType.Int64,
            other: [-3, -2, 9, 4]));
    }

    [Theory, InlineData(DType.Float64), InlineData(DType.Float32), InlineData(DType.Float16), InlineData(DType.BFloat16)]
    public void Operations_with_a_tensor(DType dtype)
    {
        double[] other = [2, -0.5, 0.25, 4, -1, 0.5, 1, -2];
        foreach ((ScalarOperation operation, Func<double, double, double> function) in s_operations)
        {
            if (operation is ScalarOperation.Rsub or ScalarOperation.Pow) { continue; }
            if (operation == ScalarOperation.FloorDivide && dtype is DType.Float16 or DType.BFloat16) { continue; }
            Assert.Equal(s_x.Zip(other, function), Run(new CombineStep("w", operation, "v"), s_x, dtype, other: other));
            Assert.Equal(s_x.Select(x => function(x, -0.5)), Run(new CombineStep("w", operation, "v"), s_x, dtype, other: [-0.5]));
        }
    }

    [Theory, InlineData(DType.Float64), InlineData(DType.Float32), InlineData(DType.BFloat16)]
    public void Bounds(DType dtype)
    {
        double[] x = [-2.5, -0.5, 0, 0.25, 1.5, double.NaN];
        Assert.Equal([-0.5, -0.5, 0, 0.25, 1, double.NaN], Run(new ClampStep("w", -0.5, 1), x, dtype));
        Assert.Equal([-0.5, -0.5, 0, 0.25, 1.5, double.NaN], Run(new ClampStep("w", Min: -0.5), x, dtype));
        Assert.Equal([-2.5, -0.5, 0, 0.25, 0.25, double.NaN], Run(new ClampStep("w", Max: 0.25), x, dtype));
        Assert.Equal([-1, -1, -1, -1, -1, double.NaN], Run(new ClampStep("w", 1, -1), x, dtype));
        Assert.All(Run(new ClampStep("w", double.NaN, 1), x, dtype), one => Assert.True(double.IsNaN(one)));
        Assert.All(Run(new ClampStep("w", 0, double.NaN), x, dtype), one => Assert.True(double.IsNaN(one)));
    }

    [Theory, InlineData(DType.Float64), InlineData(DType.Float32), InlineData(DType.Int64)]
    public void Even_numbers(DType dtype)
    {
        Assert.Equal([1, 3, 5, 7], Run(new SequenceStep("w", 1, 9, 2), [0, 0, 0, 0], dtype));
        if (dtype != DType.Int64) { Assert.Equal([1, 2, 3, 4], Run(new SequenceStep("w", 1, 4, 0), [0, 0, 0, 0], dtype)); }
        Assert.Equal([4, 2, 0, -2], Run(new SequenceStep("w", 4, -4, -2), [0, 0, 0, 0], dtype));
    }

    static double[] Norms(InitStep step, double[] v, long[] shape, double[] g, string name, DType dtype = DType.Float64)
    {
        InitPlan plan = new("x", s_profile, [new("v", shape, DType: dtype), new("g", [g.Length], DType: dtype),
            new("w", shape, DType: dtype)], [new DataStep("v", v), new DataStep("g", g), step]);
        return Doubles(plan.Materialize(1)[name]);
    }

    [Fact]
    public void Norms_of_slices()
    {
        double[] v = [3, 4, 0, 6, 8, 0];
        Assert.Equal([5, 10], Norms(new NormExceptStep("g", "v", 0), v, [2, 3], [0, 0], "g"));
        double[] columns = Norms(new NormExceptStep("g", "v", 1), v, [2, 3], [0, 0, 0], "g");
        Assert.All(columns.Zip([Math.Sqrt(45), Math.Sqrt(80), 0.0]), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        Assert.Equal(Math.Sqrt(125), Norms(new NormExceptStep("g", "v", -1), v, [2, 3], [0], "g")[0], 1e-14);
        Assert.Equal([0.6 * 2, 0.8 * 2, 0, 0.6 * -1, 0.8 * -1, 0], Norms(new WeightNormStep("w", "g", "v", 0), v, [2, 3], [2, -1], "w")
            .Select(x => Math.Round(x, 14)));
        Assert.Equal([0.6 * 2, 0.8 * 2, 0, 0.6 * -1, 0.8 * -1, 0], Norms(new WeightNormStep("w", "g", "v", -2), v, [2, 3], [2, -1], "w")
            .Select(x => Math.Round(x, 14)));
        double[] byColumn = Norms(new WeightNormStep("w", "g", "v", 1), [3, 1, 2, 4, 1, 2], [2, 3], [5, 1, 2], "w");
        Assert.All(byColumn.Zip([3.0, Math.Sqrt(0.5), Math.Sqrt(2), 4, Math.Sqrt(0.5), Math.Sqrt(2)]),
            pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        Assert.All(Norms(new WeightNormStep("w", "g", "v", -1), v, [2, 3], [Math.Sqrt(125)], "w").Zip(v),
            pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        double[] middle = Norms(new WeightNormStep("w", "g", "v", 1), [3, 0, 1, 2, 4, 0, 2, 1], [2, 2, 2], [5, Math.Sqrt(10)], "w");
        Assert.All(middle.Zip([3.0, 0, 1, 2, 4, 0, 2, 1]), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        Assert.Equal([0.6, 0.8, 0, 0], Run(new NormalizeStep("w", 1e-12), [3, 4, 0, 0], DType.Float64).Select(x => Math.Round(x, 14)));
        Assert.Equal([0.3, 0.4, 0, 0], Run(new NormalizeStep("w", 10), [3, 4, 0, 0], DType.Float64).Select(x => Math.Round(x, 14)));
    }

    [Fact]
    public void Power_iterations()
    {
        // W = diag(2, 1) with a row of zeros: u and v turn to the first axis.
        InitPlan plan = new("x", s_profile,
            [new("w", [3, 2], DType: DType.Float64), new("u", [3], DType: DType.Float64), new("v", [2], DType: DType.Float64)],
            [new DataStep("w", [2, 0, 0, 1, 0, 0]), new DataStep("u", [1, 1, 1]), new DataStep("v", [0.6, 0.8]),
                new PowerIterationStep("u", "v", "w", 0, 1, 1e-12), new SpectralScaleStep("w", "u", "v", 0)]);
        StateDict state = plan.Materialize(1);
        double[] u = Doubles(state["u"]), v = Doubles(state["v"]), w = Doubles(state["w"]);
        double norm = Math.Sqrt(1.2 * 1.2 + 0.8 * 0.8);
        Assert.All(u.Zip([1.2 / norm, 0.8 / norm, 0]), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        double after = Math.Sqrt(4 * u[0] * u[0] + u[1] * u[1]);
        Assert.All(v.Zip([2 * u[0] / after, u[1] / after]), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        double sigma = 2 * u[0] * v[0] + u[1] * v[1];
        Assert.All(w.Zip([2 / sigma, 0, 0, 1 / sigma, 0, 0]), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        Assert.Equal(2 * 5 * (6 + 3 + 2), new PowerIterationStep("u", "v", "w", 0, 5, 0).Operations([3], name => plan[name]));
    }

    [Fact]
    public void Rows_that_are_put_one_by_one()
    {
        InitPlan plan = new("x", s_profile, [new("w", [4, 2]), new("rows", [3, 2]), new("i", [3], DType: DType.Int64)],
            [new FillStep("w", 9), new DataStep("rows", [1, 2, 3, 4, 5, 6]), new DataStep("i", [3, -4, 3]),
                new IndexPutStep("w", "i", "rows", 0)]);
        Assert.Equal([3, 4, 9, 9, 9, 9, 5, 6], Doubles(plan.Materialize(1)["w"]));
    }

    [Fact]
    public void Probabilities_and_weights_of_every_dtype()
    {
        InitPlan Of(DType dtype, bool multinomial) => new("x", s_profile,
            [new("p", [4], DType: dtype), new("w", [multinomial ? 2 : 4], DType: multinomial ? DType.Int64 : DType.Float32)],
            [new DataStep("p", [0, 1, 0, 1]), multinomial ? new MultinomialStep("w", "p", false) : new BernoulliTensorStep("w", "p")]);
        foreach (DType dtype in (DType[])[DType.Float64, DType.Float32, DType.Float16, DType.BFloat16])
        {
            Assert.Equal([0, 1, 0, 1], Doubles(Of(dtype, false).Materialize(1)["w"]));
            Assert.Equal([1, 3], Doubles(Of(dtype, true).Materialize(1)["w"]).Order());
        }
        Assert.Equal("\"bernoulli_tensor_cpu_p_\" not implemented for 'Long'",
            Assert.Throws<TorchArgumentException>(() => Of(DType.Int64, false).Materialize(1)).TorchMessage);
        Assert.Equal("multinomial only supports floating-point dtypes for input, got: Long",
            Assert.Throws<TorchArgumentException>(() => Of(DType.Int64, true).Materialize(1)).TorchMessage);
    }

    [Theory, InlineData(2, true), InlineData(0.5, true), InlineData(3, false), InlineData(-2, false), InlineData(-0.5, false)]
    public void Powers_of_torchs_vector_function(double power, bool isVector)
    {
        Assert.Equal(isVector, new ScalarStep("w", ScalarOperation.Pow, power).IsVectorPower);
        Assert.False(new ScalarStep("w", ScalarOperation.Mul, power).IsVectorPower);
    }

    [Fact]
    public void Operations_that_are_counted()
    {
        InitPlan plan = new("x", s_profile, [new("w", [4, 6])], []);
        Assert.Equal(24 * 4, new OrthogonalStep("w", 1).Operations([4, 6], name => plan[name]));
        Assert.Equal(24 * 4, new OrthogonalStep("w", 1).Operations([6, 4], name => plan[name]));
        Assert.Equal(0, new OrthogonalStep("w", 1).Operations([0, 4], name => plan[name]));
        Assert.Equal(24, new SparseStep("w", 0.5, 1).Operations([4, 6], name => plan[name]));
        Assert.Equal(7, new SampleStep("w", SampleOrder.Random, 7).Operations([4, 6], name => plan[name]));
        Assert.Equal(0, new RandPermStep("w").Operations([24], name => plan[name]));
        Assert.Throws<ArgumentException>(() => new RandPermStep("w").Operations([RandPerm.Limit], name => plan[name]));
        Assert.Throws<ArgumentException>(() => new SparseStep("w", 0.5, 1).Operations([RandPerm.Limit, 1], name => plan[name]));
        Assert.Equal(0, new SparseStep("w", 0.5, 1).Operations([RandPerm.Limit, 0], name => plan[name]));
        Assert.Equal(0, new FillStep("w", 1).Operations([4, 6], name => plan[name]));
    }
}
