using System.Runtime.InteropServices;

namespace TorchInit.Parity;

/// <summary>Integer and bool tensors of a file, which are buffers: masks, positions, counters. They are compared by value, whatever integer
/// type stores them.</summary>
static class IntegerTensors
{
    /// <summary>The same tensors; if the plan has no buffers of integers, those of narrow integer types and bool are set aside, because no
    /// initialiser fills them.</summary>
    public static StateDict Read(StateDict weights, InitPlan plan)
    {
        if (!weights.Values.Any(IsNarrow) || plan.StateTensors.Any(tensor => tensor.DType?.IsFloatingPoint() == false)) { return weights; }
        StateDict read = new();
        foreach ((string name, TensorBuffer tensor) in weights)
        {
            if (IsNarrow(tensor)) { read.Add(new OpaqueTensor(name, SafetensorsType.Of(tensor.DType).Name, [.. tensor.Shape], [])); }
            else { read.Add(name, tensor); }
        }
        read.Keep(weights.Opaque);
        return read;
    }

    static bool IsNarrow(TensorBuffer tensor) => !tensor.DType.IsFloatingPoint() && tensor.DType != DType.Int64;

    /// <summary>The weights with integers in the types that a plan gives them, where those hold all values.</summary>
    public static StateDict As(StateDict weights, InitPlan plan)
    {
        Dictionary<string, TensorBuffer> converted = new(StringComparer.Ordinal);
        foreach (ParameterSpec tensor in plan.StateTensors.Where(tensor => tensor.DType?.IsFloatingPoint() == false))
        {
            if (weights.TryGetValue(tensor.Name, out TensorBuffer? given) && given.DType != tensor.DType && !given.DType.IsFloatingPoint()
                && Convert(given, tensor.DType!.Value) is { } other) { converted.Add(tensor.Name, other); }
        }
        if (converted.Count == 0) { return weights; }
        StateDict all = new();
        foreach ((string name, TensorBuffer tensor) in weights) { all.Add(name, converted.GetValueOrDefault(name, tensor)); }
        all.Keep(weights.Opaque);
        return all;
    }

    /// <summary>Which tensors have another integer type than the plan's.</summary>
    public static IEnumerable<string> Said(StateDict weights, InitPlan plan)
        => from tensor in plan.StateTensors
           where tensor.DType?.IsFloatingPoint() == false && weights.TryGetValue(tensor.Name, out TensorBuffer? given)
               && given.DType != tensor.DType && !given.DType.IsFloatingPoint()
           select $"compared by value: {tensor.Name} is {weights[tensor.Name].DType.TorchName()}; torch has "
               + tensor.DType!.Value.TorchName();

    static TensorBuffer? Convert(TensorBuffer given, DType dtype)
    {
        TensorBuffer converted = TensorBuffer.Zeros(dtype, [.. given.Shape]);
        for (int at = 0; at < given.Count; at++)
        {
            long value = given.Integer(at);
            Span<byte> element = converted.Bytes(at, 1);
            switch (dtype)
            {
                case DType.Int64: MemoryMarshal.Write(element, value); break;
                case DType.Int32: MemoryMarshal.Write(element, (int)value); break;
                case DType.Int16: MemoryMarshal.Write(element, (short)value); break;
                case DType.Bool when value is not (0 or 1): return null;
                default: element[0] = (byte)value; break;
            }
            if (converted.Integer(at) != value) { return null; }
        }
        return converted;
    }
}
