namespace TorchInit.Cli;

/// <summary>Elements as their bits in hexadecimal, most significant digit first.</summary>
static class HexWords
{
    public static IEnumerable<string> Of(TensorBuffer tensor, int start, int count)
    {
        int size = tensor.DType.ByteSize();
        for (int at = start; at < start + count; at++)
        {
            byte[] bytes = [.. tensor.Bytes(at, 1)];
            Array.Reverse(bytes);
            yield return Convert.ToHexStringLower(bytes);
        }
    }
}
