namespace TorchInit.Tests.Printing;

/// <summary>Tensors print as torch prints them: recorded from torch by parity-tests/golden/printing/record.py.</summary>
public class TensorTextTests
{
    [Theory]
    [InlineData("1.13.1")]
    [InlineData("2.6.0")]
    public void Prints_what_torch_prints(string version)
        => PrintedCases.Check(Repository.Read($"parity-tests/golden/printing/{version}.json"));

    [Fact]
    public void A_tensors_text_is_torchs() => Assert.Equal("tensor([0.0312, 0.5000])", $"{TensorBuffer.Of([0.03125f, 0.5f], [2])}");

    [Theory]
    [InlineData(DType.Int64, "tensor([], dtype=torch.int64)")]
    [InlineData(DType.Bool, "tensor([], dtype=torch.bool)")]
    [InlineData(DType.Float32, "tensor([])")]
    public void Without_elements_only_float32_has_no_dtype(DType dtype, string expected)
        => Assert.Equal(expected, $"{TensorBuffer.Zeros(dtype, [0])}");

    [Fact]
    public void Options_name_what_is_allowed()
    {
        Assert.Contains("0 to 40", Assert.Throws<ArgumentOutOfRangeException>(() => new PrintOptions { Precision = 41 }).Message,
            StringComparison.Ordinal);
        Assert.Contains("1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => new PrintOptions { EdgeItems = 0 }).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => TensorText.Of(null!));
    }

    [Fact]
    public void A_tensor_of_very_many_dimensions_has_a_text_too()
    {
        long[] ones = [.. Enumerable.Repeat(1L, 100_000)];
        Assert.Equal("tensor(..., ndim=100000)", $"{TensorBuffer.Of([0.5f], ones)}");
        Assert.Equal("tensor(..., ndim=100000, dtype=torch.bool)", $"{TensorBuffer.Zeros(DType.Bool, [0, .. ones[1..]])}");
        Assert.Equal($"tensor({new string('[', 64)}0.5000{new string(']', 64)})", $"{TensorBuffer.Of([0.5f], ones.AsSpan(0, 64))}");
    }
}
