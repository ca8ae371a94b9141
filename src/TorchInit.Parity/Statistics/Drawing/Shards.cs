namespace TorchInit.Parity;

/// <summary>Equal parts of the first tensor along its first dimension, as tensor-parallel training splits it.</summary>
static class Shards
{
    public static StateDict Cut(StateDict tensors, (int Index, int Of) shard)
    {
        (string name, TensorBuffer whole) = tensors.First();
        long rows = whole.Shape[0];
        (long from, long to) = (rows * shard.Index / shard.Of, rows * (shard.Index + 1) / shard.Of);
        int width = (int)(whole.Count / rows);
        TensorBuffer part = TensorBuffer.Zeros(whole.DType, [to - from, .. whole.Shape.Skip(1)]);
        Bytes(whole, (int)from * width, part.Count).CopyTo(Bytes(part, 0, part.Count));
        return new() { { name, part } };
    }

    static Span<byte> Bytes(TensorBuffer tensor, int start, int count) => tensor.Bytes(start, count);
}
