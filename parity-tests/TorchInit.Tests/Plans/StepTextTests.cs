namespace TorchInit.Tests.Plans;

/// <summary>A step as text, and what it says that it reads and writes, with its own names and with others.</summary>
public class StepTextTests
{
    static readonly StepTarget s_view = new("v", 3, [2, 2], [4, 1]);

    /// <summary>Every step; its text and the tensors that it reads and writes, where $ stands before each name.</summary>
    static readonly (InitStep Step, string Text, string Reads, string Writes)[] s_steps =
    [
        (new UniformStep("w", -0.5, 1e22), "uniform_($w, -0.5, 1e+22)", "", "$w"),
        (new NormalStep("w", 0, 0.02), "normal_($w, 0.0, 0.02)", "", "$w"),
        (new TruncNormalStep("w", 0.5, 1, -2, 3), "trunc_normal_($w, 0.5, 1.0, -2.0, 3.0)", "", "$w"),
        (new OrthogonalStep("w", 1.5), "orthogonal_($w, 1.5)", "", "$w"),
        (new SparseStep("w", 0.1, 0.01), "sparse_($w, 0.1, 0.01)", "", "$w"),
        (new RandPermStep("w"), "randperm($w)", "", "$w"),
        (new FillStep("w", 1), "fill_($w, 1.0)", "", "$w"),
        (new DataStep("w", [1, 2]), "copy_($w, 2 given values)", "", "$w"),
        (new EyeStep("w"), "eye_($w)", "", "$w"),
        (new DiracStep("w", 2), "dirac_($w, 2)", "", "$w"),
        (new CopyStep("w", s_view), "copy_($w, $v[offset 3, sizes (2, 2), strides (4, 1)])", "$v", "$w"),
        (new NormExceptStep("g", "v", -1), "norm_except_dim_($g, $v, dim=-1)", "$v", "$g"),
        (new WeightNormStep("w", "g", "v", 1), "weight_norm_($w, $v, $g, dim=1)", "$g $v", "$w"),
        (new NormalizeStep("u", 1e-12), "normalize_($u, eps=1e-12)", "$u", "$u"),
        (new PowerIterationStep("u", "v", "w", 1, 15, 1e-12), "power_iteration_($u, $v, $w, dim=1, n=15, eps=1e-12)", "$u $v $w", "$u $v"),
        (new PowerIterationStep("u", "u", "w", 0, 1, 0), "power_iteration_($u, $u, $w, dim=0, n=1, eps=0.0)", "$u $u $w", "$u"),
        (new SpectralScaleStep("w", "u", "v", 1), "spectral_scale_($w, $u, $v, dim=1)", "$w $u $v", "$w"),
        (new RandomStep("w"), "random_($w)", "", "$w"),
        (new RandomStep("w", 3), "random_($w, 3, None)", "", "$w"),
        (new RandomStep("w", null, 7), "random_($w, 0, 7)", "", "$w"),
        (new RandomStep("w", -3, 7), "random_($w, -3, 7)", "", "$w"),
        (new ExponentialStep("w", 1.5), "exponential_($w, 1.5)", "", "$w"),
        (new LogNormalStep("w", 1, 2), "log_normal_($w, 1.0, 2.0)", "", "$w"),
        (new CauchyStep("w", 0, 1), "cauchy_($w, 0.0, 1.0)", "", "$w"),
        (new GeometricStep("w", 0.25), "geometric_($w, 0.25)", "", "$w"),
        (new BernoulliStep("w", 0.25), "bernoulli_($w, 0.25)", "", "$w"),
        (new BernoulliTensorStep("w", "p"), "bernoulli_($w, $p)", "$p", "$w"),
        (new DropoutStep("w", 0.25), "dropout($w, 0.25)", "$w", "$w"),
        (new DropoutStep("w", 0.25, 1), "dropout($w, 0.25, neighbours=1)", "$w", "$w"),
        (new MultinomialStep("w", "p", true), "multinomial($w, $p, replacement=True)", "$p", "$w"),
        (new MultinomialStep("w", "p", false), "multinomial($w, $p, replacement=False)", "$p", "$w"),
        (new SampleStep("w", SampleOrder.RandomWithReplacement, 9), "sample($w, randomwithreplacement, 9)", "", "$w"),
        (new SequenceStep("w", 1, 9, 2), "arange($w, 1.0, step=2.0)", "", "$w"),
        (new SequenceStep("w", 1, 9, 0), "linspace($w, 1.0, 9.0)", "", "$w"),
        (new ScalarStep("w", ScalarOperation.Mul, 0.02), "mul_($w, 0.02)", "$w", "$w"),
        (new ScalarStep("w", ScalarOperation.Div, 3), "div_($w, 3.0)", "$w", "$w"),
        (new ScalarStep("w", ScalarOperation.Add, 3), "add_($w, 3.0)", "$w", "$w"),
        (new ScalarStep("w", ScalarOperation.Sub, 3), "sub_($w, 3.0)", "$w", "$w"),
        (new ScalarStep("w", ScalarOperation.Rsub, 1), "rsub_($w, 1.0)", "$w", "$w"),
        (new ScalarStep("w", ScalarOperation.Pow, 3), "pow_($w, 3.0)", "$w", "$w"),
        (new ScalarStep("w", ScalarOperation.FloorDivide, 3), "floor_divide_($w, 3.0)", "$w", "$w"),
        (new ScalarStep("w", ScalarOperation.Remainder, 3), "remainder_($w, 3.0)", "$w", "$w"),
        (new UnaryStep("w", UnaryOperation.ErfInv), "erfinv_($w)", "$w", "$w"),
        (new ClampStep("w", -1, 2), "clamp_($w, -1.0, 2.0)", "$w", "$w"),
        (new ClampStep("w"), "clamp_($w, None, None)", "$w", "$w"),
        (new CombineStep("w", ScalarOperation.Sub, "v"), "sub_($w, $v)", "$w $v", "$w"),
        (new CheckStdStep("w"), "check_std($w)", "$w", ""),
        (new ConvertStep("w", "v"), "convert_($w, $v)", "$v", "$w"),
        (new CompareStep("w", "v", Comparison.Le, 0.5), "le($w, $v, 0.5)", "$v", "$w"),
        (new CompareTensorsStep("w", Comparison.Ne, "u", "v"), "copy_($w, ne($u, $v))", "$u $v", "$w"),
        (new WhereStep("w", "m", "v"), "where_($w, $m, $v)", "$w $m $v", "$w"),
        (new IndexStep("w", "v", "i", 1), "index($w, $v, $i, dim=1)", "$v $i", "$w"),
        (new IndexPutStep("w", "i", "v", 1), "index_put_($w, $i, $v, dim=1)", "$w $i $v", "$w"),
    ];

    static string Names(IEnumerable<string> names) => string.Join(' ', names);

    static string With(string prefix, string text) => text.Replace("$", prefix, StringComparison.Ordinal);

    [Fact]
    public void Every_kind_of_step_is_in_the_table()
        => Assert.Empty(typeof(InitStep).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(InitStep)) && !type.IsAbstract)
            .Except(s_steps.Select(row => row.Step.GetType())));

    [Theory]
    [InlineData("")]
    [InlineData("layers.0.")]
    public void A_step_says_what_it_does_and_to_which_tensors(string prefix)
    {
        foreach ((InitStep step, string text, string reads, string writes) in s_steps)
        {
            InitStep renamed = step.Renamed(name => prefix + name);
            Assert.Equal(With(prefix, text), renamed.ToString());
            Assert.Equal(With(prefix, reads), Names(renamed.Reads));
            Assert.Equal(With(prefix, writes), Names(renamed.Writes));
            Assert.Equal(reads.Split(' ').Contains("$" + step.Target.Tensor), renamed.IsInPlace);
            Assert.Equal((renamed as CopyStep)?.Source, renamed.Copied);
        }
    }

    [Fact]
    public void Only_what_neither_draws_nor_throws_can_wait()
    {
        string[] waiting = [.. s_steps.Where(row => row.Step.CanWait).Select(row => With("", row.Text).Split('(')[0]).Distinct().Order()];
        Assert.Equal(["add_", "arange", "clamp_", "convert_", "copy_", "div_", "erfinv_", "fill_", "le", "linspace", "mul_", "pow_",
            "rsub_", "sub_", "where_"], waiting);
        Assert.False(new CombineStep("w", ScalarOperation.FloorDivide, "v").CanWait);
        Assert.False(new CombineStep("w", ScalarOperation.Remainder, "v").CanWait);
        Assert.False(new DataStep("w", [1]).CanWait);
    }

    [Fact]
    public void Those_that_compute_in_memory_of_their_own_say_so()
        => Assert.Equal(["orthogonal_", "sparse_", "eye_", "dirac_"],
            s_steps.Where(row => row.Step.HoldsCopy).Select(row => With("", row.Text).Split('(')[0]));

    [Fact]
    public void Equal_steps_are_equal_and_hash_alike()
    {
        foreach ((InitStep step, _, _, _) in s_steps)
        {
            InitStep same = step.Renamed(name => new string([.. name]));
            Assert.Equal(step, same);
            Assert.Equal(step.GetHashCode(), same.GetHashCode());
            Assert.NotEqual(step, step.Renamed(name => "x." + name));
        }
        Assert.NotEqual(new DataStep("w", [1, 2]), new DataStep("w", [1, 3]));
        Assert.NotEqual(new CopyStep("w", s_view), new CopyStep("w", s_view with { Offset = 2 }));
        Assert.NotEqual(new CopyStep("w", s_view), new CopyStep("w", s_view with { Strides = [2, 1] }));
        Assert.NotEqual(new CopyStep("w", s_view), new CopyStep("w", s_view with { Shape = [1, 4] }));
    }
}
