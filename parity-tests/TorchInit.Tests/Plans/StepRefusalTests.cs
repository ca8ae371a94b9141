namespace TorchInit.Tests.Plans;

/// <summary>Steps that do not fit their tensors, or that torch refuses in a dtype: the whole text of each refusal.</summary>
public class StepRefusalTests
{
    static readonly TorchProfile s_old = TorchProfile.For("1.13");

    /// <summary>Tensors that no step below fits by accident.</summary>
    static readonly ParameterSpec[] s_tensors =
    [
        new("w", [4, 3]), new("v", [2]), new("u", [4]), new("one", [1]), new("m", [4, 3], DType: DType.Bool),
        new("i", [2], DType: DType.Int64), new("double", [4, 3], DType: DType.Float64), new("cube", [2, 2, 3]),
    ];

    /// <summary>Says why a plan with the step is refused.</summary>
    static string Refusal(InitStep step, TorchProfile? profile = null)
        => Assert.Throws<ArgumentException>(() => new InitPlan("x", profile ?? s_old, s_tensors, [step])).Message;

    [Fact]
    public void Operands_of_another_size_or_dtype()
    {
        const string Combine = "allowed: Mul, Div, Add, Sub, FloorDivide or Remainder with as many elements of the same dtype, or one. "
            + "(Parameter 'shape')";
        Assert.Equal($"add_(w, v) does not fit the target shape (4, 3); {Combine}",
            Refusal(new CombineStep("w", ScalarOperation.Add, "v")));
        Assert.Equal($"add_(w, double) does not fit the target shape (4, 3); {Combine}",
            Refusal(new CombineStep("w", ScalarOperation.Add, "double")));
        Assert.Equal($"rsub_(w, one) does not fit the target shape (4, 3); {Combine}",
            Refusal(new CombineStep("w", ScalarOperation.Rsub, "one")));
        Assert.Equal($"pow_(w, one) does not fit the target shape (4, 3); {Combine}",
            Refusal(new CombineStep("w", ScalarOperation.Pow, "one")));
        const string Copy = "does not fit the target shape (4, 3); allowed: as many elements of the same dtype. (Parameter 'shape')";
        Assert.Equal($"source v {Copy}", Refusal(new CopyStep("w", "v")));
        Assert.Equal($"source double {Copy}", Refusal(new CopyStep("w", "double")));
        Assert.Equal("source v of convert_(w, v) does not fit the target shape (4, 3); allowed: as many elements. (Parameter 'shape')",
            Refusal(new ConvertStep("w", "v")));
        Assert.Equal("v(2,) does not fit the target shape (4, 3); allowed: as many elements. (Parameter 'shape')",
            Refusal(new BernoulliTensorStep("w", "v")));
        Assert.Equal("2 values are given; allowed: one per element of w, whose shape is (4, 3). (Parameter 'shape')",
            Refusal(new DataStep("w", [1, 2])));
        Assert.Equal("0 values are given; allowed: one per element of w, whose shape is (4, 3). (Parameter 'shape')",
            Refusal(new DataStep("w", null!)));
    }

    [Fact]
    public void Comparisons_and_masks()
    {
        Assert.Equal("source v of lt(m, v, 0.0) does not fit the target shape (4, 3); allowed: as many elements. (Parameter 'shape')",
            Refusal(new CompareStep("m", "v", Comparison.Lt, 0)));
        Assert.Equal("w of lt(w, w, 0.0) is not bool; allowed: that dtype. (Parameter 'operand')",
            Refusal(new CompareStep("w", "w", Comparison.Lt, 0)));
        Assert.Equal("left v of copy_(m, lt(v, w)) does not fit the target shape (4, 3); allowed: as many elements. (Parameter 'shape')",
            Refusal(new CompareTensorsStep("m", Comparison.Lt, "v", "w")));
        Assert.Equal("right v of copy_(m, lt(w, v)) does not fit the target shape (4, 3); allowed: as many elements. (Parameter 'shape')",
            Refusal(new CompareTensorsStep("m", Comparison.Lt, "w", "v")));
        Assert.Equal("w of copy_(w, lt(w, w)) is not bool; allowed: that dtype. (Parameter 'operand')",
            Refusal(new CompareTensorsStep("w", Comparison.Lt, "w", "w")));
        Assert.Equal("w and double of copy_(m, lt(w, double)) have different dtypes; allowed: one dtype. (Parameter 'tensors')",
            Refusal(new CompareTensorsStep("m", Comparison.Lt, "w", "double")));
        Assert.Equal("mask v of where_(w, v, one) does not fit the target shape (4, 3); allowed: as many elements. (Parameter 'shape')",
            Refusal(new WhereStep("w", "v", "one")));
        Assert.Equal("w of where_(w, w, one) is not bool; allowed: that dtype. (Parameter 'operand')",
            Refusal(new WhereStep("w", "w", "one")));
        Assert.Equal("source v of where_(w, m, v) does not fit; allowed: 12 elements or one, of the target's dtype. (Parameter 'operand')",
            Refusal(new WhereStep("w", "m", "v")));
        Assert.Equal("source double of where_(w, m, double) does not fit; allowed: 12 elements or one, of the target's dtype. "
            + "(Parameter 'operand')", Refusal(new WhereStep("w", "m", "double")));
    }

    [Fact]
    public void Rows_by_index()
    {
        Assert.Equal("u of index(v, u, u, dim=0) is not int64; allowed: that dtype. (Parameter 'operand')",
            Refusal(new IndexStep("v", "u", "u", 0)));
        const string Allowed = "allowed: the same sizes, with the number of rows at that dimension. (Parameter 'indexed')";
        Assert.Equal($"index(w, u, i, dim=0) takes 2 rows of (4,) at dimension 0 and has (4, 3); {Allowed}",
            Refusal(new IndexStep("w", "u", "i", 0)));
        Assert.Equal($"index(v, u, i, dim=1) takes 2 rows of (4,) at dimension 1 and has (2,); {Allowed}",
            Refusal(new IndexStep("v", "u", "i", 1)));
        Assert.Equal($"index(v, u, i, dim=-1) takes 2 rows of (4,) at dimension -1 and has (2,); {Allowed}",
            Refusal(new IndexStep("v", "u", "i", -1)));
        Assert.Equal($"index(u, v, i, dim=0) takes 2 rows of (2,) at dimension 0 and has (4,); {Allowed}",
            Refusal(new IndexStep("u", "v", "i", 0)));
        Assert.Equal($"index(cube, w, i, dim=0) takes 2 rows of (4, 3) at dimension 0 and has (2, 2, 3); {Allowed}",
            Refusal(new IndexStep("cube", "w", "i", 0)));
        StepTarget part = new("w", 0, [2, 2], [3, 1]);
        Assert.Equal($"index({part}, w, i, dim=0) takes 2 rows of (4, 3) at dimension 0 and has (2, 2); {Allowed}",
            Refusal(new IndexStep(part, "w", "i", 0)));
        Assert.Equal($"index({part}, w, i, dim=1) takes 2 rows of (4, 3) at dimension 1 and has (2, 2); {Allowed}",
            Refusal(new IndexStep(part, "w", "i", 1)));
        Assert.Equal($"index_put_(w, i, one, dim=2) takes 2 rows of (4, 3) at dimension 2 and has (4, 3); {Allowed}",
            Refusal(new IndexPutStep("w", "i", "one", 2)));
        Assert.Equal("u of index_put_(w, u, one, dim=0) is not int64; allowed: that dtype. (Parameter 'operand')",
            Refusal(new IndexPutStep("w", "u", "one", 0)));
        StepTarget rows = new("w", 0, [2, 3], [3, 1]);
        Assert.Equal($"source double of index({rows}, double, i, dim=0) does not fit; allowed: 12 elements or one, of the target's dtype. "
            + "(Parameter 'operand')", Refusal(new IndexStep(rows, "double", "i", 0)));
        Assert.Equal("source w of index_put_(w, i, w, dim=0) does not fit; allowed: 6 elements or one, of the target's dtype. "
            + "(Parameter 'operand')", Refusal(new IndexPutStep("w", "i", "w", 0)));
    }

    [Fact]
    public void Norms_and_iterations()
    {
        const string Except = "allowed: −1 or a dimension, and one element per slice. (Parameter 'shape')";
        Assert.Equal($"dim 1 of w(4, 3) does not fit the target shape (4,); {Except}", Refusal(new NormExceptStep("u", "w", 1)));
        Assert.Equal($"dim -2 of w(4, 3) does not fit the target shape (4,); {Except}", Refusal(new NormExceptStep("u", "w", -2)));
        Assert.Equal($"dim 2 of w(4, 3) does not fit the target shape (4,); {Except}", Refusal(new NormExceptStep("u", "w", 2)));
        Assert.Equal($"dim -1 of w(4, 3) does not fit the target shape (4,); {Except}", Refusal(new NormExceptStep("u", "w", -1)));
        const string Norm = "allowed: −1 or a dimension, one element of g per slice, a target as large as v. (Parameter 'shape')";
        Assert.Equal($"dim 1 of w(4, 3) does not fit u(4,) and the target shape (4, 3); {Norm}",
            Refusal(new WeightNormStep("w", "u", "w", 1)));
        Assert.Equal($"dim -3 of w(4, 3) does not fit one(1,) and the target shape (4, 3); {Norm}",
            Refusal(new WeightNormStep("w", "one", "w", -3)));
        Assert.Equal($"dim 2 of w(4, 3) does not fit u(4,) and the target shape (4, 3); {Norm}",
            Refusal(new WeightNormStep("w", "u", "w", 2)));
        Assert.Equal($"dim 0 of w(4, 3) does not fit u(4,) and the target shape (2,); {Norm}",
            Refusal(new WeightNormStep("v", "u", "w", 0)));
        const string Scale = "allowed: a dimension as long as u, the others' product as long as v. (Parameter 'shape')";
        Assert.Equal($"dim 1 of a target of (4, 3) does not fit u(4,) and v(2,); {Scale}",
            Refusal(new SpectralScaleStep("w", "u", "v", 1)));
        Assert.Equal($"dim 0 of a target of (4, 3) does not fit u(4,) and v(2,); {Scale}",
            Refusal(new SpectralScaleStep("w", "u", "v", 0)));
        Assert.Equal($"dim -1 of a target of (4, 3) does not fit u(4,) and v(2,); {Scale}",
            Refusal(new SpectralScaleStep("w", "u", "v", -1)));
        Assert.Equal($"dim 2 of a target of (4, 3) does not fit u(4,) and v(2,); {Scale}",
            Refusal(new SpectralScaleStep("w", "u", "v", 2)));
        foreach (PowerIterationStep step in (PowerIterationStep[])[new("u", "v", "w", 0, 1, 0), new("u", "v", "w", 1, 1, 0),
            new("u", "v", "w", -1, 1, 0), new("u", "v", "w", 2, 1, 0), new("u", "one", "u", 0, -1, 0)])
        {
            ParameterSpec weight = s_tensors.First(tensor => tensor.Name == step.Weight);
            Assert.Equal($"{step} does not fit {weight}; allowed: u as long as its dimension {step.Dim}, v as long as the product of the "
                + "others, 0 or more iterations. (Parameter 'shape')", Refusal(step));
        }
        _ = new InitPlan("x", s_old, s_tensors, [new PowerIterationStep("u", "one", "u", 0, 0, 0)]);
    }

    [Fact]
    public void Samples()
    {
        const string Rows = "allowed: one or two dimensions, with as many rows. (Parameter 'shape')";
        Assert.Equal($"w(4, 3) does not fit the target shape (2,); {Rows}", Refusal(new MultinomialStep("i", "w", true)));
        Assert.Equal($"cube(2, 2, 3) does not fit the target shape (2, 2, 3); {Rows}", Refusal(new MultinomialStep("cube", "cube", true)));
        StepTarget fewRows = new("w", 0, [2, 3], [3, 1]);
        Assert.Equal($"w(4, 3) does not fit the target shape (2, 3); {Rows}", Refusal(new MultinomialStep(fewRows, "w", true)));
        Assert.Equal("sample(i, epoch, 0): 0 items; allowed: 1 or more. (Parameter 'shape')",
            Refusal(new SampleStep("i", SampleOrder.Epoch, 0)));
        InitPlan good = new("x", s_old, s_tensors, [new SampleStep("i", SampleOrder.Epoch, 1), new SampleStep("i", SampleOrder.Random, 1),
            new MultinomialStep("i", "u", true)]);
        Assert.Equal([4, 2, null], good.WordsOfSteps());
    }

    [Fact]
    public void A_strided_trunc_normal_since_2_12()
    {
        StepTarget view = new("w", 0, [4], [3]);
        Assert.Equal("trunc_normal_ on the strided view w[offset 0, sizes (4,), strides (3,)] is not supported since torch 2.12; allowed: "
            + "contiguous targets. (Parameter 'shape')", Refusal(new TruncNormalStep(view, 0, 1, -2, 2), TorchProfile.For("2.12")));
        _ = new InitPlan("x", s_old, s_tensors, [new TruncNormalStep(view, 0, 1, -2, 2)]);
        _ = new InitPlan("x", TorchProfile.For("2.12"), s_tensors, [new TruncNormalStep("w", 0, 1, -2, 2)]);
    }

    /// <summary>Says why a step is refused in a dtype; it is run on three rows of four ones.</summary>
    static string Refusal<TError>(DType dtype, InitStep step, TorchProfile? profile = null)
        where TError : Exception
    {
        InitPlan plan = new("x", profile ?? s_old, [new("w", [3, 4], DType: dtype), new("p", [12])], [step]);
        return Assert.Throws<TError>(() => plan.Materialize(1)).Message;
    }

    static (string?, string?) TorchRefusal(DType dtype, InitStep step, string allowed, TorchProfile? profile = null)
    {
        InitPlan plan = new("x", profile ?? s_old, [new("w", [3, 4], DType: dtype), new("p", [12])], [step]);
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => plan.Materialize(1));
        Assert.StartsWith($"dtype is '{dtype.TorchName()}'; allowed: {allowed}. torch: ", error.Message, StringComparison.Ordinal);
        return (error.TorchKind, error.TorchMessage);
    }

    [Fact]
    public void Halves_before_2_1()
    {
        const string Allowed = "float32, float64, bfloat16 (float16 since torch 2.1)";
        foreach ((InitStep step, string? name) in ((InitStep, string?)[])[(new ClampStep("w", 0, 1), "clamp_scalar_cpu"),
            (new ClampStep("w", Max: 1), "clamp_max_scalar_cpu"), (new ClampStep("w", 0), "clamp_min_scalar_cpu"),
            (new NormalizeStep("w", 1e-12), "clamp_min_cpu"), (new UnaryStep("w", UnaryOperation.Sqrt), "sqrt_vml_cpu"),
            (new UnaryStep("w", UnaryOperation.Exp), "exp_vml_cpu"), (new UnaryStep("w", UnaryOperation.Round), "round_vml_cpu"),
            (new UnaryStep("w", UnaryOperation.Relu), null), (new UnaryStep("w", UnaryOperation.Rsqrt), null),
            (new UnaryStep("w", UnaryOperation.Sigmoid), null)])
        {
            Assert.Equal(("RuntimeError", name is null ? null : $"\"{name}\" not implemented for 'Half'"),
                TorchRefusal(DType.Float16, step, Allowed));
            InitPlan later = new("x", TorchProfile.For("2.1"), [new("w", [3, 4], DType: DType.Float16)], [step]);
            if (step is not UnaryStep { Operation: UnaryOperation.Rsqrt }) { later.Materialize(1); }
        }
        foreach (UnaryOperation every in (UnaryOperation[])[UnaryOperation.Neg, UnaryOperation.Abs, UnaryOperation.Root,
            UnaryOperation.Square, UnaryOperation.Reciprocal, UnaryOperation.Sign])
        {
            new InitPlan("x", s_old, [new("w", [3, 4], DType: DType.Float16)], [new UnaryStep("w", every)]).Materialize(1);
        }
    }

    [Fact]
    public void Other_dtypes_that_torch_refuses()
    {
        Assert.Equal(("RuntimeError", "\"eye\" not implemented for 'BFloat16'"),
            TorchRefusal(DType.BFloat16, new EyeStep("w"), "float32, float64, float16 (bfloat16 since torch 2.3)"));
        new InitPlan("x", TorchProfile.For("2.3"), [new("w", [3, 4], DType: DType.BFloat16)], [new EyeStep("w")]).Materialize(1);
        Assert.Equal(("RuntimeError", "\"randperm\" not implemented for 'Bool'"),
            TorchRefusal(DType.Bool, new RandPermStep(new("w", 0, [12])), "any other"));
        Assert.Equal(("NotImplementedError", "\"randperm\" not implemented for 'Bool'"),
            TorchRefusal(DType.Bool, new RandPermStep(new("w", 0, [12])), "any other", TorchProfile.For("2.8")));
    }

    [Fact]
    public void Dtypes_that_are_not_followed()
    {
        const string Rsqrt = "is not followed; allowed: the reciprocal of a root, or another dtype.";
        Assert.Equal($"1 / sqrt of float16 {Rsqrt}",
            Refusal<NotFollowedException>(DType.Float16, new UnaryStep("w", UnaryOperation.Rsqrt), TorchProfile.For("2.6")));
        Assert.Equal($"1 / sqrt of bfloat16 {Rsqrt}",
            Refusal<NotFollowedException>(DType.BFloat16, new UnaryStep("w", UnaryOperation.Rsqrt)));
        Assert.Equal($"1 / sqrt of bfloat16 {Rsqrt}",
            Refusal<NotFollowedException>(DType.BFloat16, new ScalarStep("w", ScalarOperation.Pow, -0.5)));
        foreach (DType dtype in (DType[])[DType.Float16, DType.BFloat16])
        {
            Refusal<NotFollowedException>(dtype, new ScalarStep("w", ScalarOperation.FloorDivide, 2), TorchProfile.For("2.6"));
            Refusal<NotFollowedException>(dtype, new CombineStep("w", ScalarOperation.FloorDivide, "w"), TorchProfile.For("2.6"));
        }
        TorchProfile gpu = TorchProfile.Cuda("2.11", new(1, 256));
        BernoulliTensorStep byColumns = new(new("w", 0, [4, 3], [1, 4]), "p");
        Assert.Equal($"{byColumns} is not followed on a GPU: the kernel orders the dimensions of such a view by its strides; allowed: a "
            + "row-major target.", Assert.Throws<NotFollowedException>(()
                => new InitPlan("x", gpu, [new("w", [3, 4]), new("p", [12])], [byColumns])).Message);
        const string Floats = "allowed: float32, float64, float16, bfloat16. (Parameter 'profile')";
        Assert.Equal($"exp_(w) cannot run in int64; {Floats}",
            Refusal<ArgumentException>(DType.Int64, new UnaryStep("w", UnaryOperation.Exp)));
        Assert.Equal($"neg_(w) cannot run in bool; {Floats}",
            Refusal<ArgumentException>(DType.Bool, new UnaryStep("w", UnaryOperation.Neg)));
        Assert.Equal($"clamp_(w, 0.0, None) cannot run in int32; {Floats}", Refusal<ArgumentException>(DType.Int32, new ClampStep("w", 0)));
        foreach (ScalarStep step in (ScalarStep[])[new("w", ScalarOperation.Add, 0.5), new("w", ScalarOperation.Div, 2),
            new("w", ScalarOperation.Pow, -2)])
        {
            Assert.Equal($"{step} cannot run in int64; {Floats}", Refusal<ArgumentException>(DType.Int64, step));
        }
        Assert.Equal($"add_(w, 1.0) cannot run in bool; {Floats}",
            Refusal<ArgumentException>(DType.Bool, new ScalarStep("w", ScalarOperation.Add, 1)));
    }

    [Fact]
    public void What_fills_whole_numbers_only()
    {
        Assert.Equal("v of multinomial(v, v, replacement=True) is not int64; allowed: that dtype. (Parameter 'operand')",
            Refusal(new MultinomialStep("v", "v", true)));
        Assert.Equal("w of sample(w, random, 9) is not int64; allowed: that dtype. (Parameter 'operand')",
            Refusal(new SampleStep("w", SampleOrder.Random, 9)));
    }

    [Fact]
    public void A_permutation_of_more_numbers_than_half_has()
    {
        static InitPlan Half(long n) => new("x", s_old, [new("w", [n], DType: DType.Float16)], [new RandPermStep("w")]);
        Half(2049).Materialize(1);
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => Half(2050).Materialize(1));
        Assert.Equal(("RuntimeError", "n cannot be greater than 2049 for Half type."), (error.TorchKind, error.TorchMessage));
        Assert.StartsWith("n is 2050; allowed: up to 2049. torch: ", error.Message, StringComparison.Ordinal);
        static InitPlan Bytes(long n) => new("x", s_old, [new("w", [n], DType: DType.UInt8)], [new RandPermStep("w")]);
        Bytes(256).Materialize(1);
        Bytes(0).Materialize(1);
        Assert.Throws<TorchArgumentException>(() => Bytes(257).Materialize(1));
    }

    [Fact]
    public void Numbers_that_are_no_member_of_an_enum()
    {
        const string Scalar = "has the ScalarOperation 99; allowed: the members of ScalarOperation. (Parameter 'member')";
        const string Compared = "has the Comparison 99; allowed: the members of Comparison. (Parameter 'member')";
        Assert.Equal("99_(w) has the UnaryOperation 99; allowed: the members of UnaryOperation. (Parameter 'member')",
            Refusal(new UnaryStep("w", (UnaryOperation)99)));
        Assert.Equal($"99_(w, 2.0) {Scalar}", Refusal(new ScalarStep("w", (ScalarOperation)99, 2)));
        Assert.Equal($"99_(w, w) {Scalar}", Refusal(new CombineStep("w", (ScalarOperation)99, "w")));
        Assert.Equal($"99(m, w, 0.0) {Compared}", Refusal(new CompareStep("m", "w", (Comparison)99, 0)));
        Assert.Equal($"copy_(m, 99(w, w)) {Compared}", Refusal(new CompareTensorsStep("m", (Comparison)99, "w", "w")));
        Assert.Equal("sample(i, 99, 2) has the SampleOrder 99; allowed: the members of SampleOrder. (Parameter 'member')",
            Refusal(new SampleStep("i", (SampleOrder)99, 2)));
    }

    [Fact]
    public void Operands_of_another_dtype_are_refused_when_the_plan_is_made()
    {
        ParameterSpec[] tensors = [new("w", [4, 3]), new("u", [4], DType: DType.Float64), new("v", [3]), new("g", [4])];
        foreach ((string named, InitStep step) in ((string, InitStep)[])
            [
                ("u", new WeightNormStep("w", "u", "w", 0)), ("w", new NormExceptStep("u", "w", 0)),
                ("v", new PowerIterationStep("u", "v", "w", 0, 1, 1e-12)), ("u", new SpectralScaleStep("w", "u", "v", 0)),
            ])
        {
            Assert.Equal($"{named} of {step} has another dtype than {step.Target}; allowed: one dtype. (Parameter 'operands')",
                Assert.Throws<ArgumentException>(() => new InitPlan("x", s_old, tensors, [step])).Message);
        }
        Assert.Throws<ArgumentException>(() => new InitPlan("x", s_old, tensors, [new MultinomialStep("g", "v", false)]));
        Assert.Throws<ArgumentException>(() => new InitPlan("x", s_old, tensors, [new SampleStep("g", SampleOrder.Random, 4)]));
    }
}
