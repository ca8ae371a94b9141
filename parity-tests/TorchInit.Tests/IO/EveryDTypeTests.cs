using System.Globalization;

namespace TorchInit.Tests.IO;

/// <summary>What the library makes and writes it reads back: every dtype, in its place.</summary>
public class EveryDTypeTests
{
    static StateDict OneOfEach()
    {
        StateDict all = new();
        foreach (DType dtype in Enum.GetValues<DType>().Reverse())
        {
            TensorBuffer tensor = TensorBuffer.Zeros(dtype, [2, 2]);
            for (int i = 0; i < tensor.Count; i++) { tensor.Bytes(i, 1)[0] = (byte)(i % 2); }
            all.Add(dtype.TorchName(), tensor);
        }
        return all;
    }

    static void Same(StateDict expected, StateDict actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.Empty(actual.Opaque);
        foreach ((string name, TensorBuffer tensor) in expected)
        {
            Assert.Equal((tensor.DType, tensor.ToString()), (actual[name].DType, actual[name].ToString()));
            Assert.Equal(tensor.Bytes(0, tensor.Count).ToArray(), actual[name].Bytes(0, tensor.Count).ToArray());
        }
    }

    [Fact]
    public void Safetensors_in_order()
    {
        StateDict all = OneOfEach();
        byte[] saved = SafetensorsFiles.Saved(all);
        StateDict read = Safetensors.Load(new MemoryStream(saved));
        Same(all, read);
        Assert.Equal(saved, SafetensorsFiles.Saved(read));
    }

    [Fact]
    public void A_mask_of_a_plan()
    {
        InitPlan plan = new("x", TorchProfile.Default, [new("mask", [2, 2], ParameterKind.Buffer, DType.Bool), new("w", [3])],
            [new FillStep("mask", 1), new UniformStep("w", -0.3, 0.41)]);
        StateDict read = Safetensors.Load(new MemoryStream(SafetensorsFiles.Saved(plan.Materialize(7))));
        Assert.Equal([true, true, true, true], read["mask"].AsSpan<bool>().ToArray());
        Assert.Equal(["mask", "w"], read.Keys);
    }

    [Fact]
    public void What_no_dtype_holds_keeps_its_place_and_says_so()
    {
        byte[] file = SafetensorsFiles.Of("""{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"b":{"dtype":"BOOL","shape":[2],"data_offsets":[8,10]}}""", 10);
        file[^1] = 7;    // a bool of neither 0 nor 1
        StateDict read = Safetensors.Load(new MemoryStream(file));
        Assert.Equal(["w"], read.Keys);
        Assert.Equal(["a", "b"], read.Opaque.Select(tensor => tensor.Name));
        byte[] saved = SafetensorsFiles.Saved(read);
        Assert.Equal(file[^10..], saved[^10..]);
        Assert.Equal(saved, SafetensorsFiles.Saved(Safetensors.Load(new MemoryStream(saved))));
        Assert.Contains("elements of type F8_E4M3", Assert.Throws<KeyNotFoundException>(() => read["a"]).Message, StringComparison.Ordinal);
        Assert.Contains("StateDict.Opaque", Assert.Throws<ArgumentException>(() => read.Add("a", read["w"])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<i4", DType.Int32), InlineData("<i2", DType.Int16), InlineData("|i1", DType.Int8), InlineData("|u1", DType.UInt8)]
    [InlineData("|b1", DType.Bool)]
    public void Npy(string descr, DType dtype)
    {
        byte[] elements = new byte[2 * dtype.ByteSize()];
        elements[^1] = 1;
        string header = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '{descr}', 'fortran_order': False, 'shape': (2,), }}\n");
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. elements];
        TensorBuffer read = TorchInit.Npy.Load(new MemoryStream(file));
        Assert.Equal(dtype, read.DType);
        Assert.Equal(elements, read.Bytes(0, 2).ToArray());
        if (dtype != DType.Bool) { return; }
        file[^1] = 2;
        Assert.Contains("other than 0 and 1", Assert.Throws<InvalidDataException>(() => TorchInit.Npy.Load(new MemoryStream(file))).Message,
            StringComparison.Ordinal);
    }
}
