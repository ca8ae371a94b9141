namespace TorchInit.Tests;

/// <summary>Tensors from bytes.</summary>
public static class StoredTensors
{
    /// <summary>A tensor of one dimension.</summary>
    /// <param name="dtype">The element type.</param>
    /// <param name="bytes">Its elements, little-endian.</param>
    public static TensorBuffer Of(DType dtype, byte[] bytes)
    {
        TensorBuffer tensor = TensorBuffer.Zeros(dtype, [bytes.Length / dtype.ByteSize()]);
        bytes.CopyTo(tensor.Bytes(0, tensor.Count));
        return tensor;
    }
}
