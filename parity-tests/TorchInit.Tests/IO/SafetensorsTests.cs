using System.Text;

namespace TorchInit.Tests.IO;

public class SafetensorsTests
{
    [Fact]
    public void A_small_file_has_these_bytes()
    {
        StateDict tensors = new();
        tensors.Add("weight", TensorBuffer.Of([1f, -2f], [1, 2]));
        tensors.Add("n", TensorBuffer.Of([258L], []));
        const string header = """{"__metadata__":{"format":"pt"},"weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"n":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}""";
        byte[] expected =
        [
            152, 0, 0, 0, 0, 0, 0, 0,
            .. Encoding.UTF8.GetBytes(header.PadRight(152)),
            0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0,
            2, 1, 0, 0, 0, 0, 0, 0,
        ];
        Assert.Equal(expected, SafetensorsFiles.Saved(tensors, new Dictionary<string, string> { ["format"] = "pt" }));
    }

    [Fact]
    public void An_empty_dict_is_an_empty_object()
    {
        Assert.Equal([8, 0, 0, 0, 0, 0, 0, 0, .. "{}      "u8], SafetensorsFiles.Saved(new StateDict()));
        Assert.Empty(Safetensors.Load(new MemoryStream(SafetensorsFiles.Saved(new StateDict()))));
    }

    [Fact]
    public void A_round_trip_keeps_order_dtype_shape_and_every_bit()
    {
        StateDict before = SafetensorsFiles.Mixed();
        StateDict after = Safetensors.Load(new MemoryStream(SafetensorsFiles.Saved(before)));
        Assert.Equal(before.Keys, after.Keys);
        foreach ((string name, TensorBuffer tensor) in before)
        {
            Assert.Equal(tensor.DType, after[name].DType);
            Assert.Equal(tensor.Shape, after[name].Shape);
            Assert.Equal(SafetensorsFiles.AllBytes(tensor), SafetensorsFiles.AllBytes(after[name]));
        }
    }

    [Fact]
    public void A_second_reader_finds_the_same()
    {
        StateDict tensors = SafetensorsFiles.Mixed();
        List<(string Name, string DType, long[] Shape,
            byte[] Bytes)> parsed = SafetensorsFiles.ParseSlowly(SafetensorsFiles.Saved(tensors));
        Assert.Equal(tensors.Keys, parsed.Select(tensor => tensor.Name));
        Assert.Equal(["F32", "F16", "I64", "F16", "F64", "BF16", "I64"], parsed.Select(tensor => tensor.DType));
        Assert.All(parsed, tensor => Assert.Equal(tensors[tensor.Name].Shape, tensor.Shape));
        Assert.All(parsed, tensor => Assert.Equal(SafetensorsFiles.AllBytes(tensors[tensor.Name]), tensor.Bytes));
    }

    [Fact]
    public void Tensors_come_in_the_order_of_their_data_whatever_the_headers_order()
    {
        byte[] file = SafetensorsFiles.Of("""{"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},"a":{"data_offsets":[0,8],"shape":[],"dtype":"F64"}}""", 16);
        file[^1] = 0x40;
        StateDict tensors = Safetensors.Load(new MemoryStream(file));
        Assert.Equal(["a", "b"], tensors.Keys);
        Assert.Equal([0f, 2f], tensors["b"].AsSpan<float>().ToArray());
    }

    [Fact]
    public void A_stream_is_read_and_written_from_its_position()
    {
        MemoryStream stream = new();
        stream.Write("before"u8);
        Safetensors.Save(stream, SafetensorsFiles.Mixed());
        stream.Position = 6;
        Assert.Equal(SafetensorsFiles.Mixed().Keys, Safetensors.Load(stream).Keys);
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void Metadata_is_read_back_and_is_empty_without_any()
    {
        Dictionary<string, string> metadata = new() { ["z"] = "1", ["seed"] = "é \"quoted\" \n\t 𝄞" };
        Assert.Equal(metadata, Safetensors.LoadMetadata(new MemoryStream(SafetensorsFiles.Saved(SafetensorsFiles.Mixed(), metadata))));
        Assert.Empty(Safetensors.LoadMetadata(new MemoryStream(SafetensorsFiles.Saved(SafetensorsFiles.Mixed()))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b+c<d>\"'\\")]
    [InlineData("é𝄞\n\0")]
    public void Any_text_is_a_name(string name)
    {
        StateDict tensors = new();
        tensors.Add(name, TensorBuffer.Of([1f], []));
        Assert.Equal([name], Safetensors.Load(new MemoryStream(SafetensorsFiles.Saved(tensors))).Keys);
    }

    // No InlineData: an attribute's text is stored as UTF-8, which has no lone surrogates.
    public static readonly TheoryData<string, int[]> RefusedNames = new()
    {
        { "called '__metadata__'", [.. "__metadata__".Select(letter => (int)letter)] },
        { "lone surrogate at 1", ['a', 0xD800] },
        { "lone surrogate at 2", [0xD834, 0xDD1E, 0xD800, 'a'] },
        { "lone surrogate at 0", [0xDC00, 0xD800] },
    };

    [Theory, MemberData(nameof(RefusedNames))]
    public void Other_names_are_refused_before_anything_is_written(string named, int[] name)
    {
        StateDict tensors = new();
        tensors.Add("first", TensorBuffer.Of([1f], []));
        tensors.Add(string.Concat(name.Select(unit => (char)unit)), TensorBuffer.Of([1f], []));
        MemoryStream stream = new();
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => Safetensors.Save(stream, tensors)).Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void A_tensor_of_many_runs_comes_back()
    {
        var elements = new double[(64 << 20) / 8 + 3];       // one run of 64 MiB and 3 elements
        elements[0] = 1;
        elements[^4] = 4;
        elements[^1] = 2;
        StateDict tensors = new();
        tensors.Add("big", TensorBuffer.Of(elements, [elements.Length]));
        string path = Path.GetTempFileName();
        try
        {
            Safetensors.Save(path, tensors);
            Assert.True(Safetensors.Load(path)["big"].AsSpan<double>().SequenceEqual(elements));
        }
        finally { File.Delete(path); }
    }
}
