namespace TorchInit.Tests.IO;

/// <summary>tensor.to(dtype) for all pairs of dtypes, against what torch 1.13.1 gave.</summary>
public class ConversionTests
{
    static readonly DType[] s_all = Enum.GetValues<DType>();

    public static TheoryData<DType, DType> Pairs => new(from source in s_all from target in s_all select (source, target));

    static readonly Lazy<Dictionary<(DType, DType), (string Data, string Result)>> s_recorded = new(()
        => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden", "conversions", "conversions.tsv"))
            .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t'))
            .ToDictionary(cells => (DType.Parse(cells[0]), DType.Parse(cells[1])), cells => (cells[2], cells[3])));

    [Theory, MemberData(nameof(Pairs))]
    public void Elements_are_converted_as_by_torch(DType source, DType target)
    {
        (string data, string result) = s_recorded.Value[(source, target)];
        TensorBuffer from = StoredTensors.Of(source, Convert.FromHexString(data));
        TensorBuffer to = from.To(target);
        Assert.Equal(target, to.DType);
        Assert.Equal(from.Shape, to.Shape);
        string[] expected = Words(result, target), actual = Words(Convert.ToHexStringLower(to.Bytes(0, to.Count)), target);
        string[] given = Words(data, source);
        for (int at = 0; at < expected.Length; at++)
        {
            Assert.True(expected[at] == actual[at], $"{source} {given[at]} at {at}: torch {target} {expected[at]}, here {actual[at]}");
        }
        Assert.Equal(expected.Length, actual.Length);
        if (source == target) { Assert.Same(from, to); }
    }

    /// <summary>Each element in hexadecimal, the highest byte first.</summary>
    static string[] Words(string hex, DType dtype)
        => [.. Convert.FromHexString(hex).Chunk(dtype.ByteSize()).Select(bytes => Convert.ToHexStringLower([.. bytes.Reverse()]))];

    [Fact]
    public void A_tensor_without_elements_keeps_its_shape()
        => Assert.Equal([3L, 0], TensorBuffer.Zeros(DType.Float32, [3, 0]).To(DType.Int8).Shape);

    [Fact]
    public void What_is_no_dtype_is_refused()
    {
        TensorBuffer tensor = TensorBuffer.Zeros(DType.Float32, [1]);
        Assert.Equal("dtype", Assert.Throws<ArgumentOutOfRangeException>(() => tensor.To((DType)10)).ParamName);
    }
}
