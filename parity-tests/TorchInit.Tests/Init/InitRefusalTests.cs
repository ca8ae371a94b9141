namespace TorchInit.Tests.Functions;

/// <summary>What torch.nn.init refuses: the class of Python's exception, its text, and what is allowed.</summary>
public class InitRefusalTests
{
    static void Refused(string kind, string message, string allowed, Action action)
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(action);
        Assert.Equal((kind, message), (error.TorchKind, error.TorchMessage));
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
    }

    static void Overflows<T>(string type, params double[] values)
        where T : unmanaged
    {
        foreach (double value in values)
        {
            Refused("RuntimeError", $"value cannot be converted to type {type} without overflow",
                $"a number in {DType.Of<T>().TorchName()}'s range", () => ConstantValue.Of<T>(value));
        }
    }

    [Fact]
    public void A_number_out_of_the_dtypes_range()
    {
        Overflows<long>("int64_t", 9223372036854775808.0, -9223372036854777856.0, double.NaN);
        Overflows<int>("int", 2147483648, -2147483649, double.NaN);
        Overflows<short>("int16_t", 32768, -32769);
        Overflows<sbyte>("int8_t", 128, -129);
        Overflows<byte>("uint8_t", 256, -1);
        Overflows<float>("float", 3.5e38, -3.5e38);
    }

    [Fact]
    public void Numbers_at_the_ends_are_taken()
    {
        Assert.Equal(long.MinValue, ConstantValue.Of<long>(long.MinValue));
        Assert.Equal(9223372036854774784, ConstantValue.Of<long>(9223372036854774784.0));
        Assert.Equal((int.MinValue, int.MaxValue), (ConstantValue.Of<int>(int.MinValue), ConstantValue.Of<int>(2147483647.5)));
        Assert.Equal((short.MinValue, short.MaxValue), (ConstantValue.Of<short>(-32768), ConstantValue.Of<short>(32767.9)));
        Assert.Equal((sbyte.MinValue, sbyte.MaxValue), (ConstantValue.Of<sbyte>(-128), ConstantValue.Of<sbyte>(127)));
        Assert.Equal((byte.MinValue, byte.MaxValue), (ConstantValue.Of<byte>(0), ConstantValue.Of<byte>(255)));
        Assert.Equal((false, true, true), (ConstantValue.Of<bool>(0), ConstantValue.Of<bool>(0.5), ConstantValue.Of<bool>(-1e300)));
        Assert.Equal((float.MaxValue, float.MinValue), (ConstantValue.Of<float>(float.MaxValue), ConstantValue.Of<float>(float.MinValue)));
        Assert.Equal(float.PositiveInfinity, ConstantValue.Of<float>(double.PositiveInfinity));
        Assert.Equal((Half.MaxValue, double.MaxValue), (ConstantValue.Of<Half>(65504), ConstantValue.Of<double>(double.MaxValue)));
    }

    [Fact]
    public void A_vector_has_no_fans()
        => Refused("ValueError", "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions", "2 sizes or more",
            () => Fan.Of([3]));

    [Fact]
    public void Fans_of_nothing_divide_by_zero()
        => Refused("ZeroDivisionError", "float division by zero", "a shape with a fan above 0",
            () => Init.XavierNormal<float>([], [0, 0], new Generator(0)));

    [Fact]
    public void A_nonlinearity_that_torch_does_not_know()
    {
        Refused("ValueError", "Unsupported nonlinearity swish", "linear, conv1d to conv3d, conv_transpose1d to conv_transpose3d, sigmoid, "
            + "tanh, relu, leaky_relu, selu", () => Gain.Parse("swish"));
        Assert.StartsWith("name is 'swish'", Assert.Throws<TorchArgumentException>(() => Gain.Parse("swish")).Message,
            StringComparison.Ordinal);
        Assert.Contains("the members of Nonlinearity", Assert.Throws<ArgumentOutOfRangeException>(() => Gain.For((Nonlinearity)99)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Dirac_needs_groups_that_divide_and_a_kernel()
    {
        Refused("ValueError", "Only tensors with 3, 4, or 5 dimensions are supported", "3, 4 or 5 sizes", () => Init.CheckDirac([4, 2], 1));
        Refused("ValueError", "Only tensors with 3, 4, or 5 dimensions are supported", "3, 4 or 5 sizes",
            () => Init.CheckDirac([4, 2, 1, 1, 1, 1], 1));
        Refused("ZeroDivisionError", "integer modulo by zero", "a divisor of the first size", () => Init.CheckDirac([4, 2, 3], 0));
        Refused("ValueError", "dim 0 must be divisible by groups", "a divisor of the first size 4", () => Init.CheckDirac([4, 2, 3], 3));
        Refused("IndexError", "index 0 is out of bounds for dimension 3 with size 0", "a kernel of 1 or more",
            () => Init.CheckDirac([4, 2, 3, 0], 2));
        Init.CheckDirac([4, 0, 3, 0], 2);
        Init.CheckDirac([0, 2, 0], 2);
        Init.CheckDirac([4, 2, 0], -2);
    }

    [Theory, InlineData(double.NaN, "ValueError", "cannot convert float NaN to integer"),
        InlineData(double.PositiveInfinity, "OverflowError", "cannot convert float infinity to integer"),
        InlineData(1e308, "OverflowError", "cannot convert float infinity to integer")]
    public void A_sparsity_must_be_finite(double sparsity, string kind, string message)
        => Refused(kind, message, "a finite number", () => SparseFill.ZerosInColumn(10, sparsity));

    [Theory, InlineData(0.3, 3), InlineData(0.31, 4), InlineData(0, 0), InlineData(1, 10), InlineData(3, 10), InlineData(-0.25, 8),
        InlineData(-1, 0), InlineData(-2, 0)]
    public void Zeros_of_a_column_are_a_Python_slice(double sparsity, int zeros)
        => Assert.Equal(zeros, SparseFill.ZerosInColumn(10, sparsity));

    [Fact]
    public void A_sparse_tensor_has_two_sizes()
        => Refused("ValueError", "Only tensors with 2 dimensions are supported", "2 sizes",
            () => Init.Sparse<float>(new float[8], [2, 2, 2], new Generator(0), 0.5));

    [Fact]
    public void A_truncated_normal_has_a_width()
        => Refused("ZeroDivisionError", "float division by zero", "any number but 0",
            () => Init.TruncNormal<float>(new float[8], new Generator(0), 0, 0));

    delegate void Fill(Span<float> tensor, long[] shape, Generator generator);

    static readonly Fill[] s_draws =
    [
        (tensor, shape, generator) => Init.XavierUniform(tensor, shape, generator),
        (tensor, shape, generator) => Init.XavierNormal(tensor, shape, generator),
        (tensor, shape, generator) => Init.KaimingUniform(tensor, shape, generator),
        (tensor, shape, generator) => Init.KaimingNormal(tensor, shape, generator),
        (tensor, shape, generator) => Init.Orthogonal(tensor, shape, generator),
        (tensor, shape, generator) => Init.Sparse(tensor, shape, generator, 0.5),
        (tensor, _, generator) => Init.Uniform(tensor, generator),
        (tensor, _, generator) => Init.Normal(tensor, generator),
        (tensor, _, generator) => Init.TruncNormal(tensor, generator),
    ];

    static readonly Fill[] s_constants =
    [
        (tensor, shape, _) => Init.Eye(tensor, shape),
        (tensor, shape, _) => Init.Dirac(tensor, [.. shape, 1]),
    ];

    [Fact]
    public void A_draw_needs_a_generator()
    {
        foreach (Fill draw in s_draws)
        {
            Assert.Equal("generator", Assert.Throws<ArgumentNullException>(() => draw(new float[6], [3, 2], null!)).ParamName);
        }
    }

    [Theory, InlineData(5), InlineData(7)]
    public void A_tensor_of_another_count_is_refused(int count)
    {
        foreach (Fill fill in s_draws.Take(6).Concat(s_constants))
        {
            Generator generator = new(0);
            string message = Assert.Throws<ArgumentException>(() => fill(new float[count], [3, 2], generator)).Message;
            Assert.Matches($"^(tensor|weight) has {count} elements; shape .*3, 2.* has 6", message);
            Assert.Equal(new Generator(0).GetState(), generator.GetState());
        }
    }

    [Fact]
    public void What_was_in_a_tensor_is_gone()
    {
        float[] tensor = [7, 7, 7, 7, 7, 7];
        Init.Eye(tensor.AsSpan(), [3, 2]);
        Assert.Equal([1, 0, 0, 1, 0, 0], tensor);
        tensor.AsSpan().Fill(7);
        Init.Dirac(tensor.AsSpan(), [1, 2, 3]);
        Assert.Equal([0, 1, 0, 0, 0, 0], tensor);
    }

    [Fact]
    public void Each_group_has_ones_of_its_own()
    {
        float[] tensor = new float[12];
        Init.Dirac(tensor.AsSpan(), [4, 3, 1], groups: 2);
        Assert.Equal([1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0], tensor);
        float[] padded = new float[12];
        Init.Dirac(padded.AsSpan(), [6, 2, 1], groups: 2);
        Assert.Equal([1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0], padded);
    }

    [Fact]
    public void The_gain_of_selu() => Assert.Equal(0.75, Gain.For(Nonlinearity.SELU));

    [Fact]
    public void Shapes_that_a_function_does_not_know()
    {
        Refused("ValueError", "Only tensors with 2 dimensions are supported", "2 sizes", () => Init.Eye<float>(new float[8], [2, 2, 2]));
        Refused("ValueError", "Only tensors with 3, 4, or 5 dimensions are supported", "3, 4 or 5 sizes",
            () => Init.Dirac<float>(new float[6], [3, 2]));
        Refused("ValueError", "Only tensors with 2 or more dimensions are supported", "2 sizes or more",
            () => Init.Orthogonal<float>(new float[3], [3], new Generator(0)));
    }

    /// <summary>Before the shape is looked at, and also where nothing would be drawn.</summary>
    [Fact]
    public void A_generator_is_asked_for_first()
    {
        foreach (Fill draw in s_draws.Take(4).Append(s_draws[5]))
        {
            Assert.Equal("generator", Assert.Throws<ArgumentNullException>(() => draw(new float[3], [3], null!)).ParamName);
            Assert.Equal("generator", Assert.Throws<ArgumentNullException>(() => draw([], [0, 2], null!)).ParamName);
        }
    }

    /// <summary>torch refuses after it drew.</summary>
    [Fact]
    public void Dtypes_without_the_operation_are_refused_after_the_draw()
    {
        Generator generator = new(0), drawn = new(0), old = new(0L, TorchProfile.For("2.0")), uniform = old.Clone();
        Refused("NotImplementedError", "\"geqrf_cpu\" not implemented for 'Half'", "float32, float64",
            () => Init.Orthogonal<Half>(new Half[6], [3, 2], generator));
        Init.Normal<Half>(new Half[6], drawn);
        Assert.Equal(drawn.GetState(), generator.GetState());
        Refused("RuntimeError", "\"erfinv_vml_cpu\" not implemented for 'Half'", "float32, float64, bfloat16 (float16 since torch 2.1)",
            () => Init.TruncNormal<Half>(new Half[6], old));
        Init.Uniform<Half>(new Half[6], uniform);
        Assert.Equal(uniform.GetState(), old.GetState());
    }

    [Fact]
    public void What_has_no_kernel_names_the_dtype()
    {
        Generator old = new(0L, TorchProfile.For("2.0"));
        Assert.StartsWith("dtype is 'float16';",
            Assert.Throws<TorchArgumentException>(() => Init.Orthogonal<Half>(new Half[6], [3, 2], old)).Message, StringComparison.Ordinal);
        Assert.StartsWith("dtype is 'float16';",
            Assert.Throws<TorchArgumentException>(() => Init.TruncNormal<Half>(new Half[6], old)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_asked_for() => Assert.Throws<ArgumentNullException>(() => Gain.Parse(null!));

    [Fact]
    public void Fans_of_negative_sizes_and_of_no_mode()
    {
        foreach (long[] shape in (long[][])[[-1, 3], [3, -1], [2, 3, -1], [-1, -1]])
        {
            Assert.Equal("RuntimeError", Assert.Throws<TorchArgumentException>(() => Fan.Of(shape)).TorchKind);
        }
        Assert.Throws<ArgumentOutOfRangeException>("mode", () => Fan.Of([2, 3]).Select((FanMode)7));
        Assert.Throws<ArgumentOutOfRangeException>("mode",
            () => Init.KaimingNormal<float>(new float[6], [2, 3], new Generator(0), mode: (FanMode)7));
    }
}
