namespace TorchInit.Tests.Plans;

/// <summary>The steps that recordings need: other dtypes, masks, places, and operands that one element stands for many times.</summary>
public class RecordedStepTests
{
    static readonly TorchProfile s_profile = TorchProfile.For("2.6") with { Erf = ErfImplementation.Glibc };

    [Fact]
    public void Convert_rounds_as_torch_does()
    {
        InitPlan plan = Plan([Floats("x", 4), new("half", [4], ParameterKind.Buffer) { DType = DType.BFloat16 },
            new("whole", [4], ParameterKind.Buffer) { DType = DType.Int64 }, new("is", [4], ParameterKind.Buffer) { DType = DType.Bool }],
            new DataStep("x", [1.00390625, -2.75, 0, 1e-3]), new ConvertStep("half", "x"), new ConvertStep("whole", "x"),
            new ConvertStep("is", "x"));
        StateDict state = plan.Materialize(1);
        Assert.Equal([1f, -2.75f, 0f, 0.00099945068f], state["half"].AsSpan<BFloat16>().ToArray().Select(x => (float)x));
        Assert.Equal([1, -2, 0, 0], state["whole"].AsSpan<long>().ToArray());
        Assert.Equal([true, true, false, true], state["is"].AsSpan<bool>().ToArray());
    }

    [Theory]
    [InlineData(Comparison.Lt, new[] { true, false, false })]
    [InlineData(Comparison.Le, new[] { true, true, false })]
    [InlineData(Comparison.Gt, new[] { false, false, true })]
    [InlineData(Comparison.Ge, new[] { false, true, true })]
    [InlineData(Comparison.Eq, new[] { false, true, false })]
    [InlineData(Comparison.Ne, new[] { true, false, true })]
    public void Compare_rounds_its_number_first(Comparison operation, bool[] expected)
    {
        // 0.1 as float32 is more than 0.1: equal, for torch.
        InitPlan plan = Plan([Floats("x", 3), Mask("mask", 3)], new DataStep("x", [0.05, 0.1, 0.2]),
            new CompareStep("mask", "x", operation, 0.1));
        Assert.Equal(expected, plan.Materialize(1)["mask"].AsSpan<bool>().ToArray());
    }

    [Fact]
    public void Where_takes_one_value_or_as_many()
    {
        InitPlan plan = Plan([Floats("x", 3), Floats("y", 3), Floats("one", 1), Mask("mask", 3)], new DataStep("x", [1, 2, 3]),
            new DataStep("y", [4, 5, 6]), new FillStep("one", 9), new DataStep("mask", [1, 0, 1]), new WhereStep("x", "mask", "y"),
            new WhereStep("y", "mask", "one"));
        StateDict state = plan.Materialize(1);
        Assert.Equal([4, 2, 6], state["x"].AsSpan<float>().ToArray());
        Assert.Equal([9, 5, 9], state["y"].AsSpan<float>().ToArray());
    }

    [Fact]
    public void Index_and_index_put_name_rows_of_any_dimension()
    {
        InitPlan plan = Plan([Floats("x", 2, 3), Floats("columns", 2, 2), Floats("zero", 1),
            new("at", [2], ParameterKind.Buffer) { DType = DType.Int64 }],
            new DataStep("x", [1, 2, 3, 4, 5, 6]), new DataStep("at", [2, -3]),
            new IndexStep("columns", "x", "at", 1), new IndexPutStep("x", "at", "zero", 1));
        StateDict state = plan.Materialize(1);
        Assert.Equal([3, 1, 6, 4], state["columns"].AsSpan<float>().ToArray());
        Assert.Equal([0, 2, 0, 0, 5, 0], state["x"].AsSpan<float>().ToArray());
    }

    [Fact]
    public void A_row_that_is_not_there_is_refused()
    {
        InitPlan plan = Plan([Floats("x", 2), Floats("zero", 1), new("at", [1], ParameterKind.Buffer) { DType = DType.Int64 }],
            new FillStep("at", 2), new IndexPutStep("x", "at", "zero", 0));
        ArgumentException error = Assert.Throws<ArgumentException>(() => plan.Materialize(1));
        Assert.Contains("asks for row 2; allowed: -2 to 1", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<InitStep> Misfits => [
        new ConvertStep("x", "one"), new CompareStep("x", "x", Comparison.Lt, 0), new CompareStep("mask", "one", Comparison.Lt, 0),
        new WhereStep("x", "x", "one"), new WhereStep("x", "mask", "two"), new IndexStep("x", "x", "mask", 0),
        new IndexStep("x", "x", "at", 0), new IndexStep("x", "x", "at", 1), new IndexStep("x", "x", "at", -1),
        new IndexPutStep("x", "at", "x", 0), new IndexPutStep("x", "at", "one", 1), new IndexPutStep("x", "one", "one", 0)];

    [Theory, MemberData(nameof(Misfits))]
    public void What_does_not_fit_is_refused_before_anything_is_drawn(InitStep step)
        => Assert.Throws<ArgumentException>(() => Plan([Floats("x", 3), Floats("one", 1), Floats("two", 2), Mask("mask", 3),
            new("at", [2], ParameterKind.Buffer) { DType = DType.Int64 }], step));

    [Fact]
    public void What_is_read_may_stand_for_many_elements_and_what_is_written_may_not()
    {
        StepTarget spread = new("row", 0, [2, 3], [0, 1]);
        InitPlan plan = Plan([Floats("x", 2, 3), Floats("row", 3)], new DataStep("row", [1, 2, 3]), new CopyStep("x", spread),
            new CombineStep("x", ScalarOperation.Mul, new("row", 1, [2, 3], [0, 0])));
        Assert.Equal([2, 4, 6, 2, 4, 6], plan.Materialize(1)["x"].AsSpan<float>().ToArray());
        Assert.Throws<ArgumentException>(() => Plan([Floats("row", 3)], new FillStep(spread, 1)));
    }

    [Fact]
    public void They_are_the_same_in_JSON_in_slices_and_on_threads()
    {
        InitPlan plan = Plan([Floats("x", 400, 500), Floats("y", 400, 500), Mask("mask", 400, 500), Floats("one", 1),
            new("order", [400], ParameterKind.Buffer) { DType = DType.Int64 },
            new("low", [400, 500], ParameterKind.Buffer) { DType = DType.Float16 }],
            new UniformStep("x", -0.3, 0.41), new RandPermStep("order"), new NormalStep("y", 0, 1),
            new CompareStep("mask", "y", Comparison.Gt, 0.25), new WhereStep("x", "mask", "one"), new IndexStep("y", "x", "order", 0),
            new IndexPutStep("x", new("order", 0, [7]), "one", 0), new ConvertStep("low", "x"));
        InitPlan read = PlanJson.Read(PlanJson.Write(plan));
        Assert.Equal(plan.Steps, read.Steps);
        StateDict one = plan.Materialize(3, maxDegreeOfParallelism: 1), many = read.Materialize(3, maxDegreeOfParallelism: 3);
        foreach (string name in one.Keys)
        {
            Assert.Equal(Bytes(one[name]), Bytes(many[name]));
            int bytes = one[name].DType.ByteSize();
            if (one[name].Count > 300)
            {
                Assert.Equal(Bytes(one[name])[(123 * bytes)..(300 * bytes)], Bytes(plan.MaterializeSlice(name, 123, 177, 3)));
            }
        }
    }

    // What torch 1.13.1 and 2.6.0 without MKL gave, as bits.
    [Theory]
    [InlineData(UnaryOperation.Exp, new[] { 0x3ffdf590u, 0x3f4cff6au, 0x3e3d78f8u, 0xbb727bb3u },
        new[] { 0x40e8b5b8u, 0x400e8b6fu, 0x3f9a0450u, 0x3f7f0df7u })]
    [InlineData(UnaryOperation.ExpM1, new[] { 0xc0922f8fu, 0x3f92910eu, 0xc0454d05u, 0xbb727bb3u },
        new[] { 0xbf7d5808u, 0x4009206cu, 0xbf744484u, 0xbb720900u })]
    [InlineData(UnaryOperation.Log, new[] { 0x3fd974dcu, 0x4027a93bu, 0x407f6164u, 0x116c2u },
        new[] { 0x3f07ac04u, 0x3f768b30u, 0x3fb122b1u, 0xc2b834f2u })]
    public void Functions_of_a_build_without_MKL_have_torchs_bits(UnaryOperation operation, uint[] x, uint[] expected)
    {
        DataStep given = new("x", [.. x.Select(bits => (double)BitConverter.UInt32BitsToSingle(bits))]);
        InitPlan plan = Plan([Floats("x", x.Length)], given, new UnaryStep("x", operation));
        Assert.Equal(expected, plan.Materialize(1)["x"].AsSpan<float>().ToArray().Select(BitConverter.SingleToUInt32Bits));
    }

    [Theory]
    [InlineData(UnaryOperation.Exp, new[] { 0x3ffdd2bf5156d082u, 0xbff5b1053f1cfbffu, 0xbfdfe5a21f27c2f2u, 0xbf6e4f765fd8adacu },
        new[] { 0x4019cbf4249ea597u, 0x3fd07f2cf3866399u, 0x3fe370b3a35db6f8u, 0x3fefe1bedffa947du })]
    [InlineData(UnaryOperation.ExpM1, new[] { 0xbffb06caf446afa6u, 0xc0056a3b9e69e5d7u, 0xbfc65e39c139d676u, 0xbf6e4f765fd8adacu },
        new[] { 0xbfea1724b3d1bd34u, 0xbfedcc921ad441c0u, 0xbfc485cf370f00d5u, 0xbf6e4120056b830au })]
    [InlineData(UnaryOperation.Log, new[] { 0x3febdd0c230e5e11u, 0x40032ff2568cb2beu, 0x400fc4d585899c0du, 0x37a16c262777579cu },
        new[] { 0xbfc1b7bb1476aea3u, 0x3febfe6a736084e4u, 0x3ff6109246a328a0u, 0xc057069e2aa2aa5bu })]
    public void Also_in_float64(UnaryOperation operation, ulong[] x, ulong[] expected)
    {
        InitPlan plan = Plan([Floats("x", x.Length)], new DataStep("x", [.. x.Select(BitConverter.UInt64BitsToDouble)]),
            new UnaryStep("x", operation));
        Assert.Equal(expected,
            plan.Materialize(1, DType.Float64)["x"].AsSpan<double>().ToArray().Select(BitConverter.DoubleToUInt64Bits));
    }

    [Theory]
    [InlineData(UnaryOperation.Exp)]
    [InlineData(UnaryOperation.ExpM1)]
    [InlineData(UnaryOperation.Log)]
    public void The_two_ways_of_a_function_are_within_two_units_of_the_last_place(UnaryOperation operation)
    {
        double[] x = [.. Enumerable.Range(1, 4000).Select(i => (i % 2 == 0 && operation != UnaryOperation.Log ? -1 : 1) * i * 0.0211)];
        ParameterSpec[] tensors = [Floats("x", x.Length)];
        InitStep[] steps = [new DataStep("x", x), new UnaryStep("x", operation)];
        InitPlan sleef = new("of SLEEF", s_profile, tensors, steps), other = new("of MKL", TorchProfile.For("2.6"), tensors, steps);
        foreach ((double a, double b) in Values(sleef).Zip(Values(other))) { Assert.InRange(a - b, -2 * Ulp(b), 2 * Ulp(b)); }

        static double[] Values(InitPlan plan) => plan.Materialize(1, DType.Float64)["x"].AsSpan<double>().ToArray();
        static double Ulp(double value) => Math.BitIncrement(Math.Abs(value)) - Math.Abs(value);
    }

    static InitPlan Plan(ParameterSpec[] tensors, params InitStep[] steps) => new("of steps", s_profile, tensors, steps);

    static ParameterSpec Floats(string name, params long[] shape) => new(name, shape, ParameterKind.Parameter);

    static ParameterSpec Mask(string name, params long[] shape) => new(name, shape, ParameterKind.Buffer) { DType = DType.Bool };

    static byte[] Bytes(TensorBuffer tensor)
    {
        List<byte> bytes = [];
        tensor.VisitBytes(part => bytes.AddRange(part));
        return [.. bytes];
    }
}
