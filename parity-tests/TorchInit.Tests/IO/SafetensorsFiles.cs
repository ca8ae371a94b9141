using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace TorchInit.Tests.IO;

/// <summary>Files for the tests, and a second reader that shares no code with the library.</summary>
static class SafetensorsFiles
{
    /// <summary>A file with this header, of the length that it has, and this data.</summary>
    public static byte[] Of(string header, int dataLength)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    /// <summary>One tensor of each dtype with bit patterns that a conversion would lose, an empty one and a scalar between them.</summary>
    public static StateDict Mixed()
    {
        StateDict tensors = new();
        tensors.Add("f32",
            TensorBuffer.Of([0.1f, -0f, float.NegativeInfinity, BitConverter.UInt32BitsToSingle(0x7F812345),
            BitConverter.UInt32BitsToSingle(0xFFC00001)], [5]));
        tensors.Add("empty", TensorBuffer.Zeros(DType.Float16, [3, 0, 2]));
        tensors.Add("count", TensorBuffer.Of([long.MinValue], []));
        tensors.Add("f16",
            TensorBuffer.Of([(Half)1.5f, BitConverter.UInt16BitsToHalf(0x7C01), BitConverter.UInt16BitsToHalf(0x8001)], [1, 3]));
        tensors.Add("f64", TensorBuffer.Of([Math.PI, BitConverter.UInt64BitsToDouble(0x7FF0_0000_DEAD_BEEF)], [2, 1]));
        tensors.Add("bf16", TensorBuffer.Of([new BFloat16(0x3F80), new BFloat16(0xFFC1)], [2]));
        tensors.Add("last", TensorBuffer.Zeros(DType.Int64, [0]));
        return tensors;
    }

    public static byte[] Saved(StateDict tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        MemoryStream stream = new();
        Safetensors.Save(stream, tensors, metadata);
        return stream.ToArray();
    }

    public static byte[] AllBytes(TensorBuffer tensor) => tensor.Bytes(0, tensor.Count).ToArray();

    /// <summary>Name, dtype, shape and bytes, as the format's text says and nothing more: for files that are known to be good.</summary>
    public static List<(string Name, string DType, long[] Shape, byte[] Bytes)> ParseSlowly(byte[] file)
    {
        int length = (int)BitConverter.ToInt64(file, 0);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        return
        [
            .. from entry in header.RootElement.EnumerateObject()
               where entry.Name != "__metadata__"
               let begin = entry.Value.GetProperty("data_offsets")[0].GetInt32()
               let end = entry.Value.GetProperty("data_offsets")[1].GetInt32()
               select (entry.Name, entry.Value.GetProperty("dtype").GetString()!,
                   entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray(),
                       file[(8 + length + begin)..(8 + length + end)]),
        ];
    }
}
