using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TorchInit.Tests.IO;

public class SafetensorsHostileTests
{
    const int FewMegabytes = 4 << 20;

    static InvalidDataException Refuses(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => { Safetensors.Load(new MemoryStream(file)); });
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < FewMegabytes, $"{allocated} bytes were allocated for a file of {file.Length}.");
        Assert.True(error.Message.Length < 1000, $"The message has {error.Message.Length} characters.");
        return error;
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused()
    {
        byte[] file = SafetensorsFiles.Saved(SafetensorsFiles.Mixed(), new Dictionary<string, string> { ["a"] = "b" });
        for (int length = 0; length < file.Length; length++) { Refuses(file[..length]); }
        Refuses([.. file, 0]);
    }

    [Theory]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_001UL)]
    [InlineData(100_000_000UL)]
    [InlineData(9UL)]
    public void A_header_longer_than_the_limit_or_the_file_is_refused(ulong length)
    {
        var file = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Assert.Contains($"header's length is {length}", Refuses(file).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("[]", "0x5B")]
    [InlineData(" {}", "0x20")]
    [InlineData("{", "not a valid JSON")]
    [InlineData("{}x", "not a valid JSON")]
    [InlineData("{}\0", "not a valid JSON")]
    [InlineData("{/**/}", "not a valid JSON")]
    [InlineData("""{"__metadata__":[]}""", "__metadata__ is an array")]
    [InlineData("""{"__metadata__":{"a":1}}""", "'a' is the number 1")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "'a' occurs twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "'__metadata__' occurs twice")]
    [InlineData("""{"a":[]}""", "'a': is an array")]
    [InlineData("""{"a":null}""", "'a': is null")]
    [InlineData("""{"a":{}}""", "'a': has no dtype")]
    [InlineData("""{"a":{"dtype":"F32"}}""", "'a': has no shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[]}}""", "'a': has no data_offsets")]
    [InlineData("""{"\ud800":{}}""", "not Unicode text")]
    [InlineData("""{"a":{"dtype":"\udc00"}}""", "not Unicode text")]
    public void A_header_that_is_no_description_is_refused(string header, string named)
        => Assert.Contains(named, Refuses(SafetensorsFiles.Of(header, 0)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"I33\"", "[4]", "[0,16]", "dtype is the string 'I33'; allowed: BF16, BOOL, C64, F16, F32")]
    [InlineData("\"f32\"", "[4]", "[0,16]", "dtype is the string 'f32'")]
    [InlineData("4", "[4]", "[0,16]", "dtype is the number 4")]
    [InlineData("\"F32\",\"dtype\":\"F32\"", "[4]", "[0,16]", "dtype twice")]
    [InlineData("\"F32\"", "4", "[0,16]", "shape is the number 4")]
    [InlineData("\"F32\"", "[-4]", "[0,16]", "shape holds the number -4")]
    [InlineData("\"F32\"", "[4.0]", "[0,16]", "shape holds the number 4.0")]
    [InlineData("\"F32\"", "[4e0]", "[0,16]", "shape holds the number 4e0")]
    [InlineData("\"F32\"", "[\"4\"]", "[0,16]", "shape holds the string '4'")]
    [InlineData("\"F32\"", "[[4]]", "[0,16]", "shape holds an array")]
    [InlineData("\"F32\"", "[9223372036854775808]", "[0,16]", "shape holds the number 9223372036854775808")]
    [InlineData("\"F32\"", "[4611686018427387904]", "[0,16]", "more than 2147483591 elements")]
    [InlineData("\"F32\"", "[4611686018427387904,4]", "[0,0]", "more than 2147483591 elements")]
    [InlineData("\"F32\"", "[4294967296,4294967296]", "[0,0]", "more than 2147483591 elements")]
    [InlineData("\"F32\"", "[2147483591]", "[0,8589934364]", "end after the data; allowed: up to 16")]
    [InlineData("\"F32\"", "[5]", "[0,16]", "span 16 bytes; allowed: 20, for F32 of shape '(5,)'")]
    [InlineData("\"F32\"", "[0,7]", "[0,16]", "span 16 bytes; allowed: 0")]
    [InlineData("\"F32\"", "[4]", "[16,0]", "[16, 0]; allowed: begin at or before end")]
    [InlineData("\"F32\"", "[4]", "[4,20]", "end after the data")]
    [InlineData("\"F32\"", "[3]", "[4,16]", "leave a hole after byte 0")]
    [InlineData("\"F32\"", "[4]", "[0,16,16]", "data_offsets has 3 numbers")]
    [InlineData("\"F32\"", "[4]", "[-16,0]", "data_offsets holds the number -16")]
    [InlineData("\"F32\"", "[0]", "[9223372036854775807,9223372036854775807]", "end after the data")]
    public void A_tensor_that_does_not_fit_is_refused_by_name(string dtype, string shape, string offsets, string named)
    {
        string message = Refuses(SafetensorsFiles.Of($$$"""{"layer.weight":{"dtype":{{{dtype}}},"shape":{{{shape}}},"data_offsets":{{{offsets}}}}}""", 16)).Message;
        Assert.StartsWith("tensor 'layer.weight': ", message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_overlap_leave_holes_or_share_a_name_are_refused()
    {
        static string Tensor(string name, int begin, int end)
            => string.Create(CultureInfo.InvariantCulture,
            $"\"{name}\":{{\"dtype\":\"I64\",\"shape\":[{(end - begin) / 8}],\"data_offsets\":[{begin},{end}]}}");
        Assert.Contains("tensor 'b': data_offsets [8, 24] leave an overlap before byte 16",
            Refuses(SafetensorsFiles.Of($"{{{Tensor("a", 0, 16)},{Tensor("b", 8, 24)}}}", 24)).Message, StringComparison.Ordinal);
        Assert.Contains("tensor 'b': data_offsets [16, 24] leave a hole after byte 8",
            Refuses(SafetensorsFiles.Of($"{{{Tensor("a", 0, 8)},{Tensor("b", 16, 24)}}}", 24)).Message, StringComparison.Ordinal);
        Assert.Contains("tensor 'a' occurs twice",
            Refuses(SafetensorsFiles.Of($"{{{Tensor("a", 0, 8)},{Tensor("\\u0061", 8, 16)}}}", 16)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_after_the_last_tensor_are_refused()
        => Assert.Contains("16 bytes after the header; allowed: 12",
            Refuses(SafetensorsFiles.Of("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", 16)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Deep_or_invalid_text_is_refused()
    {
        Refuses(SafetensorsFiles.Of($"{{\"a\":{new string('[', 100_000)}", 0));
        Refuses(SafetensorsFiles.Of($"{{\"a\":{{\"shape\":{new string('[', 100_000)}{new string(']', 100_000)}}}}}", 0));
        Refuses(SafetensorsFiles.Of($"{{\"{new string('x', 100_000)}\":1}}", 0));
        byte[] file = SafetensorsFiles.Of("""{"?":1}""", 0);
        file[Encoding.ASCII.GetString(file).IndexOf('?', StringComparison.Ordinal)] = 0xFF;
        Assert.Contains("not valid UTF-8", Refuses(file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_refused()
    {
        using System.IO.Compression.DeflateStream stream = new(new MemoryStream(), System.IO.Compression.CompressionMode.Decompress);
        Assert.Contains("stream cannot seek", Assert.Throws<ArgumentException>(() => Safetensors.Load(stream)).Message,
            StringComparison.Ordinal);
    }
}
