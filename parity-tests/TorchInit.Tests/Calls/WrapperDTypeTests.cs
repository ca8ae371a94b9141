using System.Security.Cryptography;
using System.Text;

namespace TorchInit.Tests.Calls;

/// <summary>What is derived from a tensor has its dtype, whatever torch's default dtype is.</summary>
public class WrapperDTypeTests
{
    // Seed 3, torch 1.13.1: the call, the default dtype, and 16 digits of the sha256 over `name dtype ` and the bytes of each tensor.
    const string Recorded = """
        utils.spectral_norm(Linear(3, 4, dtype=torch.float32)) | float64 | 5e641204b571b46c
        utils.spectral_norm(Linear(3, 4, dtype=torch.float64)) | float32 | edc34a7db7267339
        utils.spectral_norm(Linear(3, 4, dtype=torch.bfloat16)) | float32 | 59522b387282db67
        utils.spectral_norm(Conv2d(3, 4, 3, dtype=torch.float32)) | float64 | c689b67e0baadea0
        utils.spectral_norm(Conv2d(3, 4, 3, dtype=torch.float64)) | float32 | 3da74af0b9df39ec
        utils.spectral_norm(Conv2d(3, 4, 3, dtype=torch.bfloat16)) | float32 | ae5a22e1eeec6ec0
        utils.spectral_norm(Embedding(5, 3, dtype=torch.float32)) | float64 | eb19a2f51ff4836b
        utils.spectral_norm(Embedding(5, 3, dtype=torch.float64)) | float32 | a8b013c36364f35c
        utils.spectral_norm(Embedding(5, 3, dtype=torch.bfloat16)) | float32 | 93774c95791b4b7b
        utils.spectral_norm(LSTM(3, 4, dtype=torch.float32), 'weight_hh_l0') | float64 | 2ea0d075b22567e0
        utils.spectral_norm(LSTM(3, 4, dtype=torch.float64), 'weight_hh_l0') | float32 | 9b18d04b7f728acc
        utils.spectral_norm(LSTM(3, 4, dtype=torch.bfloat16), 'weight_hh_l0') | float32 | 996cb3799f940ecd
        utils.weight_norm(Linear(3, 4, dtype=torch.float32)) | float64 | 97957617b2f6d807
        utils.weight_norm(Linear(3, 4, dtype=torch.float64)) | float32 | 5791dc34b0358b47
        utils.weight_norm(Linear(3, 4, dtype=torch.bfloat16)) | float32 | 40caa98c43d200fc
        utils.weight_norm(Linear(3, 4, dtype=torch.float16)) | float32 | a1b377c28331110f
        utils.weight_norm(LSTM(3, 4, dtype=torch.float32), 'weight_hh_l0') | float64 | 8d46177fd7a021f2
        utils.weight_norm(LSTM(3, 4, dtype=torch.float64), 'weight_hh_l0') | float32 | 3495f648b797cf0c
        utils.weight_norm(LSTM(3, 4, dtype=torch.bfloat16), 'weight_hh_l0') | float32 | 3ad38163461ca7c7
        utils.weight_norm(LSTM(3, 4, dtype=torch.float16), 'weight_hh_l0') | float32 | c48cc8bbd10d8b95
        utils.weight_norm(Conv2d(3, 4, 3, dtype=torch.float32), dim=None) | float64 | 8c9865e1d1189a90
        utils.weight_norm(Conv2d(3, 4, 3, dtype=torch.float64), dim=None) | float32 | bfbf1451e76266d4
        utils.weight_norm(Conv2d(3, 4, 3, dtype=torch.bfloat16), dim=None) | float32 | 5d15b31f9918be75
        utils.weight_norm(Conv2d(3, 4, 3, dtype=torch.float16), dim=None) | float32 | 08ca00d0ee7393a9
        parametrizations.spectral_norm(Linear(3, 4, dtype=torch.float32)) | float64 | e5df6d3018cd80d1
        parametrizations.spectral_norm(Linear(3, 4, dtype=torch.float64)) | float32 | 614308c851a49c8a
        parametrizations.spectral_norm(Linear(3, 4, dtype=torch.bfloat16)) | float32 | 2620fbb1ecdd79fa
        parametrizations.spectral_norm(Conv2d(3, 4, 3, dtype=torch.float32)) | float64 | fad541afbbc6738c
        parametrizations.spectral_norm(Conv2d(3, 4, 3, dtype=torch.float64)) | float32 | 234abe86fa401ab1
        parametrizations.spectral_norm(Conv2d(3, 4, 3, dtype=torch.bfloat16)) | float32 | 673f83691f5f8f96
        """;

    [Fact]
    public void Torch_1_13_recorded_the_same_bits()
    {
        foreach (string[] cells in Recorded.Split('\n').Select(line => line.Split(" | ")))
        {
            InitPlan plan = InitPlan.Of(cells[0], TorchProfile.For("1.13.1"));
            Assert.True(Digest(plan.Materialize(3, DType.Parse(cells[1]))) == cells[2], $"{cells[0]} in {cells[1]}");
        }
    }

    [Theory]
    [InlineData("utils.weight_norm(M)")]
    [InlineData("utils.weight_norm(M, dim=None)")]
    [InlineData("utils.spectral_norm(M)")]
    [InlineData("utils.weight_norm(utils.spectral_norm(M), 'bias')")]
    [InlineData("parametrizations.weight_norm(M)")]
    [InlineData("parametrizations.spectral_norm(M)")]
    [InlineData("parametrizations.spectral_norm(M, 'bias')")]
    [InlineData("parametrizations.spectral_norm(parametrizations.weight_norm(M))")]
    [InlineData("parametrizations.spectral_norm(parametrizations.spectral_norm(M))")]
    public void A_module_of_a_dtype_is_the_module_of_a_run_in_that_dtype(string wrapped)
    {
        foreach (DType own in (DType[])[DType.Float32, DType.Float64, DType.BFloat16, DType.Float16])
        {
            InitPlan alone = InitPlan.Of(wrapped.Replace("M", "Linear(3, 4)", StringComparison.Ordinal));
            InitPlan given = InitPlan.Of(wrapped.Replace("M", $"Linear(3, 4, dtype=torch.{own.TorchName()})", StringComparison.Ordinal));
            Assert.All(given.Tensors, tensor => Assert.Equal(own, tensor.DType));
            Assert.Equal(Digest(alone.Materialize(3, own)), Digest(given.Materialize(3, DType.Float32)));
            Assert.Equal(Digest(alone.Materialize(3, own)), Digest(given.Materialize(3, DType.Float64)));
        }
    }

    /// <summary>Before 2.1 torch has no clamp_min of float16, whichever way the module came to it.</summary>
    [Theory]
    [InlineData("utils.spectral_norm(Linear(3, 4, dtype=torch.float16))")]
    [InlineData("parametrizations.spectral_norm(Conv2d(3, 4, 3, dtype=torch.float16))")]
    public void A_float16_module_is_refused_where_a_float16_run_is(string expression)
    {
        InitPlan plan = InitPlan.Of(expression, TorchProfile.For("2.0"));
        var error = Assert.Throws<TorchArgumentException>(() => plan.Materialize(3, DType.Float32));
        Assert.Equal("\"clamp_min_cpu\" not implemented for 'Half'", error.TorchMessage);
        Assert.NotNull(InitPlan.Of(expression, TorchProfile.For("2.1")).Materialize(3, DType.Float32));
    }

    [Fact]
    public void The_smallest_divisor_fits_the_dtype_of_the_module()
    {
        Assert.NotNull(InitPlan.Of("utils.spectral_norm(Linear(2, 3, dtype=torch.float64), eps=1e39)").Materialize(3, DType.Float32));
        InitPlan plan = InitPlan.Of("utils.spectral_norm(Linear(2, 3, dtype=torch.float32), eps=1e39)");
        var error = Assert.Throws<TorchArgumentException>(() => plan.Materialize(3, DType.Float64));
        Assert.Equal("value cannot be converted to type float without overflow", error.TorchMessage);
    }

    [Theory]
    [InlineData("utils.weight_norm(Linear(2, 3), dim=True)")]
    [InlineData("parametrizations.weight_norm(Linear(2, 3), dim=False)")]
    public void A_dimension_of_a_norm_is_no_bool(string expression)
        => Assert.Equal("TypeError", Assert.Throws<TorchArgumentException>(() => InitPlan.Of(expression)).TorchKind);

    /// <summary>The rows of a lazy transposed convolution are known before its shape is.</summary>
    [Fact]
    public void A_lazy_transposed_convolution_has_its_rows_second()
        => Assert.Equal("IndexError", Assert.Throws<TorchArgumentException>(()
            => InitPlan.Of("parametrizations.spectral_norm(LazyConvTranspose1d(1, 2))")).TorchKind);

    [Fact]
    public void A_Transformer_leaves_custom_stacks_their_dtype()
    {
        InitPlan plan = InitPlan.Of("Transformer(4, 1, 1, 1, 8, custom_encoder=Linear(2, 3), dtype=torch.bfloat16)");
        StateDict weights = plan.Materialize(3, DType.Float64);
        Assert.All(weights, tensor => Assert.Equal(tensor.Key.StartsWith("encoder.", StringComparison.Ordinal) ? DType.Float64
            : DType.BFloat16, tensor.Value.DType));
        Assert.Equal(DType.Float16, InitPlan.Of("Transformer(4, 1, 1, 1, 8, custom_decoder=Linear(2, 3, dtype=torch.float16))")
            ["decoder.weight"].DType);
    }

    [Theory]
    [InlineData("CrossEntropyLoss(weight=ones(3, dtype=torch.float64))", DType.Float64)]
    [InlineData("BCELoss(weight=tensor([1, 2], dtype=torch.bfloat16))", DType.BFloat16)]
    [InlineData("CrossEntropyLoss(weight=ones(3))", null)]
    [InlineData("LinearCrossEntropyLoss(2, 3, weight=ones(3), dtype=torch.float64)", null)]
    [InlineData("LinearCrossEntropyLoss(2, 3, weight=ones(3, dtype=torch.float16), dtype=torch.float64)", DType.Float16)]
    public void A_loss_keeps_the_dtype_of_its_weights(string expression, DType? own)
        => Assert.Equal(own, InitPlan.Of(expression)["weight"].DType);

    /// <summary>torch.Tensor is of the default dtype, torch.FloatTensor never.</summary>
    [Theory]
    [InlineData("w = torch.FloatTensor(3, 4)\nnn.init.xavier_uniform_(w)", DType.Float32)]
    [InlineData("w = torch.FloatTensor([1, 2])", DType.Float32)]
    [InlineData("w = nn.Parameter(torch.FloatTensor(3, 4))\nnn.init.normal_(w)", DType.Float32)]
    [InlineData("w = torch.Tensor(3, 4)\nnn.init.xavier_uniform_(w)", DType.Float64)]
    [InlineData("w = torch.Tensor([1, 2])", DType.Float64)]
    public void A_FloatTensor_is_float32(string text, DType expected)
        => Assert.Equal(expected, InitPlan.Of(text).Materialize(3, DType.Float64).Values.Single().DType);

    [Fact]
    public void A_FloatTensor_takes_no_dtype()
        => Assert.Equal("TypeError", Assert.Throws<TorchArgumentException>(()
            => InitPlan.Of("w = torch.FloatTensor(3, dtype=torch.float64)")).TorchKind);

    static string Digest(StateDict tensors)
    {
        using IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, TensorBuffer tensor) in tensors)
        {
            all.AppendData(Encoding.UTF8.GetBytes($"{name} {tensor.DType.TorchName()} "));
            tensor.VisitBytes(all.AppendData);
        }
        return Convert.ToHexStringLower(all.GetHashAndReset())[..16];
    }
}
