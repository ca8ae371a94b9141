namespace TorchInit;

public sealed partial class StateDict
{
    /// <summary>The tensors with floating-point elements in <paramref name="dtype"/>, rounded as by <see cref="TensorBuffer.To"/>. Integers
    /// and bools, such as <c>num_batches_tracked</c>, stay as they are.</summary>
    /// <param name="dtype">A floating-point type.</param>
    /// <returns>Another state dict with the same names in the same order. A tensor that needs no conversion is shared, not copied; two
    /// names of one tensor stay two names of one.</returns>
    /// <exception cref="TorchArgumentException"><paramref name="dtype"/> is an integer type or bool (TypeError).</exception>
    /// <exception cref="NotSupportedException">One of <see cref="Opaque"/> has elements of another floating-point or complex type, such as
    /// F8_E4M3, which torch would convert, too; <see cref="Remove"/> it first.</exception>
    /// <remarks>As <c>torch.nn.Module.to(dtype)</c>, <c>half()</c>, <c>bfloat16()</c>, <c>float()</c> and <c>double()</c>.</remarks>
    public StateDict To(DType dtype)
    {
        if (!dtype.IsFloatingPoint())
        {
            _ = dtype.ByteSize();           // refuses what is no DType
            throw new TorchArgumentException(nameof(dtype), dtype.TorchName(), "a floating-point dtype", "TypeError",
                $"nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.{dtype.TorchName()}");
        }
        StateDict converted = new();
        Dictionary<TensorBuffer, TensorBuffer> known = new(ReferenceEqualityComparer.Instance);
        foreach ((string name, TensorBuffer? tensor, OpaqueTensor? opaque) in Saved)
        {
            if (tensor is null) { converted.Add(opaque!.IsNumber ? throw NotHeld(opaque) : opaque); }
            else if (!tensor.DType.IsFloatingPoint()) { converted.Add(name, tensor); }
            else
            {
                if (!known.TryGetValue(tensor, out TensorBuffer? one)) { known[tensor] = one = tensor.To(dtype); }
                converted.Add(name, one);
            }
        }
        return converted;
    }

    static NotSupportedException NotHeld(OpaqueTensor opaque)
        => new($"'{opaque.Name}' has elements of type {opaque.DType}, which no dtype here holds and To does not convert; remove it first.");
}
