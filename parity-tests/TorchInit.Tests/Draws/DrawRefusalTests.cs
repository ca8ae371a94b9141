namespace TorchInit.Tests.Draws;

using Draws = TorchInit.Draws;

/// <summary>What the draws refuse: the whole text, before the generator moves.</summary>
public class DrawRefusalTests
{
    const string Floats = "float32, float64, float16, bfloat16";

    delegate void Draw(Generator generator);

    static void Refused(string text, Draw draw, string version = "2.15")
    {
        TorchProfile profile = TorchProfile.For(version) with { Erf = ErfImplementation.Glibc };
        Generator generator = new(1L, profile);
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => draw(generator));
        Assert.Equal($"{text} (Parameter '{error.ParamName}')", error.Message);
        Assert.StartsWith(error.ParamName + " is ", text, StringComparison.Ordinal);
        Assert.Equal(new Generator(1L, profile).GetState(), generator.GetState());
    }

    static void Taken(Draw draw, string version = "2.15")
        => draw(new(1L, TorchProfile.For(version) with { Erf = ErfImplementation.Glibc }));

    [Theory, InlineData(-0.5, "-0.5", "-0.5"), InlineData(1.5, "1.5", "1.5"), InlineData(double.NaN, "NaN", "nan"),
        InlineData(1.0000001, "1.0000001", "1")]
    public void A_probability(double p, string number, string torch)
    {
        Refused($"p is {number}; allowed: 0 to 1. torch: RuntimeError: bernoulli_ expects p to be in [0, 1], but got p={torch}",
            generator => Draws.Bernoulli<float>(new float[3], generator, p));
        string repr = double.IsNaN(p) ? "nan" : number;
        string kind = double.IsNaN(p) ? "RuntimeError" : "ValueError";
        Refused($"p is {number}; allowed: 0 to 1. torch: {kind}: dropout probability has to be between 0 and 1, but got {repr}",
            generator => Draws.Dropout<float>(new float[3], generator, p));
    }

    [Fact]
    public void Probabilities_at_the_ends()
    {
        foreach (double p in (double[])[0, 1, 0.5])
        {
            Taken(generator => Draws.Bernoulli<float>(new float[3], generator, p));
            Taken(generator => Draws.Dropout<float>(new float[3], generator, p));
        }
        bool[] all = new bool[50], none = new bool[50];
        Taken(generator => Draws.Bernoulli<bool>(all, generator, 1));
        Taken(generator => Draws.Bernoulli<bool>(none, generator, 0));
        Assert.Equal((50, 0), (all.Count(one => one), none.Count(one => one)));
        float[] kept = [1, 2, 3], gone = [1, -2, 3];
        Taken(generator => Draws.Dropout<float>(kept, generator, 0));
        Taken(generator => Draws.Dropout<float>(gone, generator, 1));
        Assert.Equal([1, 2, 3], kept);
        AssertBits.Equal([0, -0f, 0], gone);
    }

    [Fact]
    public void Probabilities_of_each_element()
    {
        float[] tensor = new float[3];
        Generator generator = new(1), two = new(1);
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(()
            => Draws.Bernoulli<float, float>(tensor, [0.5f, 1f, 1.5f], generator));
        Assert.Equal("p is 1.5; allowed: 0 to 1 in every element. torch: RuntimeError: Expected p_in >= 0 && p_in <= 1 to be true, but got "
            + "false.  (Could this error message be improved?  If so, please report an enhancement request to PyTorch.) (Parameter 'p')",
            error.Message);
        two.Advance(2);                                    // those before it are drawn, as in torch
        Assert.Equal(two.GetState(), generator.GetState());
        Assert.Throws<TorchArgumentException>(() => Draws.Bernoulli<float, double>(tensor, [-0.1, 1, 1], generator));
        Assert.Throws<TorchArgumentException>(() => Draws.Bernoulli<float, double>(tensor, [double.NaN, 1, 1], generator));
        Draws.Bernoulli<float, double>(tensor, [0, 1, 0], generator);
        Assert.Equal([0, 1, 0], tensor);
        Assert.Equal("p has 2 elements; allowed: 3, the length of the tensor. (Parameter 'p')",
            Assert.Throws<ArgumentException>(() => Draws.Bernoulli<float, float>(tensor, [0.5f, 0.5f], generator)).Message);
        Assert.Throws<ArgumentNullException>(() => Draws.Bernoulli<float, float>(tensor, [0.5f, 0.5f, 1f], null!));
        Assert.Throws<ArgumentNullException>(() => Draws.Dropout<float>(tensor, null!));
        Assert.Throws<ArgumentNullException>(() => Draws.Multinomial<float>(new long[1], [1f], null!));
        Assert.Throws<ArgumentNullException>(() => Draws.Bernoulli<float>(tensor, null!));
    }

    [Fact]
    public void Dtypes_of_bernoulli()
    {
        const string Half = "dtype is 'float16'; allowed: any other (float16 since torch 2.1). torch: RuntimeError: ";
        Refused($"{Half}\"bernoulli_scalar_cpu_\" not implemented for 'Half'", generator => Draws.Bernoulli<Half>(new Half[3], generator),
            "2.0");
        Refused($"{Half}\"bernoulli_tensor_cpu_self_\" not implemented for 'Half'",
            generator => Draws.Bernoulli<Half, float>(new Half[1], [0.5f], generator), "2.0");
        Refused($"{Half}\"bernoulli_tensor_cpu_p_\" not implemented for 'Half'",
            generator => Draws.Bernoulli<float, Half>(new float[1], [(Half)0.5f], generator), "2.0");
        Taken(generator => Draws.Bernoulli<Half, Half>(new Half[1], [(Half)0.5f], generator), "2.1");
        Taken(generator => Draws.Bernoulli<Half>(new Half[1], generator), "2.1");
        Refused($"dtype is 'int64'; allowed: {Floats}. torch: RuntimeError: \"bernoulli_tensor_cpu_p_\" not implemented for 'Long'",
            generator => Draws.Bernoulli<float, long>(new float[1], [1L], generator), "2.7");
        Refused($"dtype is 'int64'; allowed: {Floats}. torch: NotImplementedError: \"bernoulli_tensor_cpu_p_\" not implemented for 'Long'",
            generator => Draws.Bernoulli<float, long>(new float[1], [1L], generator), "2.8");
        Refused($"dtype is 'int64'; allowed: {Floats}. torch: RuntimeError: result type Float can't be cast to the desired output type "
            + $"Long",
            generator => Draws.Dropout<long>(new long[3], generator));
    }

    [Theory, InlineData(0.0, "0"), InlineData(1.0, "1"), InlineData(double.NaN, "NaN")]
    public void A_geometric_draw(double p, string number)
        => Refused($"p is {number}; allowed: above 0 and below 1. torch: RuntimeError: geometric_ expects p to be in (0, 1), but got "
            + $"p={number.ToLowerInvariant()}", generator => Draws.Geometric<float>(new float[3], generator, p));

    [Fact]
    public void Other_dtypes()
    {
        Refused("dtype is 'bool'; allowed: any other. torch: NotImplementedError: \"geometric_cpu\" not implemented for 'Bool'",
            generator => Draws.Geometric<bool>(new bool[3], generator, 0.5));
        Refused($"dtype is 'int64'; allowed: {Floats}. torch: NotImplementedError: \"log_normal_cpu\" not implemented for 'Long'",
            generator => Draws.LogNormal<long>(new long[3], generator));
        Refused($"dtype is 'int64'; allowed: {Floats}. torch: RuntimeError: \"cauchy_cpu\" not implemented for 'Long'",
            generator => Draws.Cauchy<long>(new long[3], generator), "2.0");
        Refused($"dtype is 'int64'; allowed: {Floats}. torch: RuntimeError",
            generator => Draws.Cauchy<long>(new long[3], generator), "2.1");
        Refused($"dtype is 'int64'; allowed: {Floats}. torch: RuntimeError: \"exponential_cpu\" not implemented for 'Long'",
            generator => Draws.Exponential<long>(new long[3], generator), "2.0");
        Refused($"dtype is 'int64'; allowed: {Floats}. torch: RuntimeError: Exponential distribution is a continuous probability "
            + "distribution. dtype must be a floating point but you specified Long",
            generator => Draws.Exponential<long>(new long[3], generator), "2.1");
        Refused($"dtype is 'int64'; allowed: {Floats}. torch: NotImplementedError: \"check_uniform_bounds\" not implemented for 'Long'",
            generator => Init.Uniform<long>(new long[3], generator));
        Refused($"dtype is 'int64'; allowed: {Floats}. torch: NotImplementedError: \"normal_kernel_cpu\" not implemented for 'Long'",
            generator => Init.Normal<long>(new long[3], generator));
    }

    [Fact]
    public void Rates_and_widths()
    {
        Refused("lambda is 0; allowed: above 0. torch: RuntimeError: exponential_ expects lambda > 0.0, but found lambda=0",
            generator => Draws.Exponential<float>(new float[3], generator, 0));
        Refused("lambda is -1; allowed: 0 or more. torch: RuntimeError: exponential_ expects lambda >= 0.0, but found lambda=-1",
            generator => Draws.Exponential<float>(new float[3], generator, -1), "2.0");
        Taken(generator => Draws.Exponential<float>(new float[3], generator, 0), "2.0");
        Refused("std is 0; allowed: above 0. torch: RuntimeError: log_normal_ expects std > 0.0, but found std=0",
            generator => Draws.LogNormal<float>(new float[3], generator, 0, 0));
        Refused("std is NaN; allowed: above 0. torch: RuntimeError: log_normal_ expects std > 0.0, but found std=nan",
            generator => Draws.LogNormal<float>(new float[3], generator, 0, double.NaN));
        Refused("sigma is 0; allowed: above 0. torch: RuntimeError: cauchy_ expects sigma > 0.0, but found sigma=0",
            generator => Draws.Cauchy<float>(new float[3], generator, 0, 0), "2.1");
        Taken(generator => Draws.Cauchy<float>(new float[3], generator, 0, 0), "2.0");
        Refused("std is -1; allowed: 0 or more. torch: RuntimeError: normal expects std >= 0.0, but found std -1",
            generator => Init.Normal<float>(new float[3], generator, 0, -1));
        Refused("std is NaN; allowed: 0 or more. torch: RuntimeError: normal expects std >= 0.0, but found std nan",
            generator => Init.Normal<float>([], generator, 0, double.NaN));
        Taken(generator => Init.Normal<float>(new float[3], generator, 0, 0));
    }

    [Fact]
    public void Bounds_of_a_uniform()
    {
        Refused("from is 1E+39; allowed: −3.40282e+38 to 3.40282e+38. torch: RuntimeError: from is out of bounds for float",
            generator => Init.Uniform<float>(new float[3], generator, 1e39, 2e39));
        Refused("to is 1E+39; allowed: −3.40282e+38 to 3.40282e+38. torch: RuntimeError: to is out of bounds for float",
            generator => Init.Uniform<float>(new float[3], generator, 0, 1e39));
        Refused("from is 2; allowed: at most to = 1. torch: RuntimeError: uniform_ expects to return a [from, to) range, but found "
            + "from=2 > to=1", generator => Init.Uniform<float>(new float[3], generator, 2, 1));
        Refused("to is 3E+38; allowed: at most 3.40282e+38 above from. torch: RuntimeError: uniform_ expects to-from <= "
            + "std::numeric_limits<Float>::max(), but found to=3e+38 and from=-3e+38 which result in to-from to exceed the limit",
            generator => Init.Uniform<float>(new float[3], generator, -3e38, 3e38));
        Refused("from is -65505; allowed: −65504 to 65504. torch: RuntimeError: from is out of bounds for c10::Half",
            generator => Init.Uniform<Half>(new Half[3], generator, -65505, 0));
        Taken(generator => Init.Uniform<Half>(new Half[3], generator, -65504, 0));
        Taken(generator => Init.Uniform<float>(new float[3], generator, 1, 1));
        Taken(generator => Init.Uniform<float>([], generator, 0, float.MaxValue));
    }

    [Fact]
    public void Sizes_of_a_multinomial()
    {
        static Draw Of<T>(int samples, T[] weights, bool replacement = false, int rows = 1)
            where T : unmanaged
            => generator => Draws.Multinomial<T>(new long[samples], weights, generator, replacement, rows);
        Refused($"dtype is 'int64'; allowed: {Floats}. torch: RuntimeError: multinomial only supports floating-point dtypes for input, "
            + "got: Long", Of(1, [1L]));
        Refused("dtype is 'float16'; allowed: float32, float64, bfloat16 (float16 since torch 2.1). torch: RuntimeError: multinomial is "
            + "not implemented for half on CPU", Of(1, [(Half)1]), "2.0");
        Taken(Of(1, [(Half)1]), "2.1");
        Refused("samples is 0; allowed: 1 or more. torch: RuntimeError: cannot sample n_sample <= 0 samples", Of(0, [1f]));
        Refused("samples is 3; allowed: up to 2, the number of weights. torch: RuntimeError: cannot sample n_sample > "
            + "prob_dist.size(-1) samples without replacement", Of(3, [1f, 2f]));
        Taken(Of(3, [1f, 2f], replacement: true));
        Taken(Of(2, [1f, 2f]));
        foreach ((int samples, int weights, int rows) in ((int, int, int)[])[(2, 2, 0), (3, 4, 2), (4, 3, 2), (2, 2, -1)])
        {
            Generator generator = new(1);
            Assert.Equal($"rows is {rows}; allowed: a divisor of {samples} samples and {weights} weights. (Parameter 'rows')",
                Assert.Throws<ArgumentException>(() => Of(samples, new float[weights], rows: rows)(generator)).Message);
        }
    }

    [Theory, InlineData(true, 2), InlineData(false, 1), InlineData(false, 2)]
    public void Weights_of_a_multinomial(bool replacement, int samples)
    {
        Draw Of(params double[] weights)
            => generator => Draws.Multinomial<double>(new long[samples], weights, generator, replacement);
        const string One = "probability tensor contains either `inf`, `nan` or element < 0";
        string Invalid(string why) => $"invalid multinomial distribution ({why})";
        foreach (double weight in (double[])[-1, double.NaN, double.PositiveInfinity])
        {
            (string allowed, string said) = !replacement ? ("finite and 0 or more", One) : weight > 0
                ? ("finite", Invalid("encountering probability entry = infinity or NaN"))
                : ("0 or more", Invalid("encountering probability entry < 0"));
            Refused($"weights is {weight.ToString(System.Globalization.CultureInfo.InvariantCulture)}; allowed: {allowed}. torch: "
                + $"RuntimeError: {said}", Of(1, weight, 1));
        }
        Refused($"weights is 0; allowed: a sum above 0. torch: RuntimeError: {Invalid("sum of probabilities <= 0")}", Of(0, 0, 0));
        Taken(Of(0, 1, 1));
    }

    [Fact]
    public void A_row_of_zeros_is_found_in_any_row()
        => Refused("weights is 0; allowed: a sum above 0. torch: RuntimeError: invalid multinomial distribution (sum of probabilities "
            + "<= 0)",
            generator => Draws.Multinomial<float>(new long[2], [0f, 1f, 0f, 0f], generator, rows: 2));

    [Fact]
    public void A_permutation_that_nobody_checked()
    {
        RandPerm.Check(RandPerm.Limit - 1);
        Assert.Equal("n is 214748364; allowed: below 214748364, where torch's order was checked. (Parameter 'n')",
            Assert.Throws<ArgumentException>(() => RandPerm.Check(RandPerm.Limit)).Message);
    }

    [Fact]
    public void A_tie_that_another_library_decides()
    {
        TorchProfile windows = TorchProfile.For("2.15", TorchPlatform.WindowsX64);
        Assert.Equal("Two categories tie at index 1, and their order depends on the sort of torch 2.15 windows-x64 avx2, which is not "
            + "known here; allowed: weights whose draws differ, such as float32 above 0.",
            Assert.Throws<NotFollowedException>(() => TopPlaces.Of([3, 1, 1, 0], new long[3], windows)).Message);
        long[] places = new long[2];
        TopPlaces.Of([1, double.NaN, 3, 3], places.AsSpan(0, 1), windows);
        Assert.Equal(1, places[0]);
        TopPlaces.Of([1, 2, 3], places, windows);
        Assert.Equal([2, 1], places);
    }
}
