namespace TorchInit.Parity;

/// <summary>The first element whose bits differ, in the order of the state dict.</summary>
/// <param name="Tensor">Its tensor; empty for none.</param>
/// <param name="Element">Its index there, row-major; −1 if only the law is broken.</param>
/// <param name="Expected">Torch's bits in hexadecimal; empty if they are not known.</param>
/// <param name="Actual">The bits found there.</param>
public readonly record struct FirstDifference(string Tensor, long Element = -1, string Expected = "", string Actual = "")
{
    /// <summary>Nothing differs.</summary>
    public static FirstDifference None { get; } = new("");

    /// <summary>For example <c>weight[57] is 3cdfaea1; torch has 3cdfaea0</c>.</summary>
    public override string ToString() => Tensor + (Element < 0 ? "" : $"[{Element}]")
        + (Expected.Length == 0 ? "" : $" is {Actual}; torch has {Expected}");

    /// <summary>Null if all bits are equal.</summary>
    internal static FirstDifference? Of(StateDict right, StateDict given)
    {
        foreach ((string name, TensorBuffer tensor) in right)
        {
            if (!given.TryGetValue(name, out TensorBuffer? other) || other.Count != tensor.Count) { return new(name); }
            if (other.DType != tensor.DType) { return new(name, 0, tensor.DType.TorchName(), other.DType.TorchName()); }
            BitComparison comparison = BitComparison.Of(tensor.DType, tensor.Bytes(0, tensor.Count), other.Bytes(0, other.Count));
            if (comparison.Differing > 0) { return new(name, comparison.FirstIndex, comparison.Expected, comparison.Actual); }
        }
        return null;
    }
}
