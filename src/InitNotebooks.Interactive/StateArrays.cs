using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchInit;

namespace InitNotebooks.Interactive;

/// <summary>Converts tensors to .NET arrays, and back.</summary>
static class StateArrays
{
    /// <summary>A copy with the tensor's rank; a tensor without dimensions is an array of one element.</summary>
    public static Array ToArray(TensorBuffer tensor) => tensor.DType switch
    {
        DType.Float32 => Shaped<float>(tensor),
        DType.Float64 => Shaped<double>(tensor),
        DType.Float16 => Shaped<Half>(tensor),
        DType.BFloat16 => Shaped<BFloat16>(tensor),
        DType.Int64 => Shaped<long>(tensor),
        DType.Int32 => Shaped<int>(tensor),
        DType.Int16 => Shaped<short>(tensor),
        DType.Int8 => Shaped<sbyte>(tensor),
        DType.UInt8 => Shaped<byte>(tensor),
        _ => Shaped<bool>(tensor),
    };

    /// <summary>The elements, in a one-dimensional array.</summary>
    public static Array ToFlatArray(TensorBuffer tensor) => tensor.DType switch
    {
        DType.Float32 => tensor.AsSpan<float>().ToArray(),
        DType.Float64 => tensor.AsSpan<double>().ToArray(),
        DType.Float16 => tensor.AsSpan<Half>().ToArray(),
        DType.BFloat16 => tensor.AsSpan<BFloat16>().ToArray(),
        DType.Int64 => tensor.AsSpan<long>().ToArray(),
        DType.Int32 => tensor.AsSpan<int>().ToArray(),
        DType.Int16 => tensor.AsSpan<short>().ToArray(),
        DType.Int8 => tensor.AsSpan<sbyte>().ToArray(),
        DType.UInt8 => tensor.AsSpan<byte>().ToArray(),
        _ => tensor.AsSpan<bool>().ToArray(),
    };

    /// <summary>A copy of an array, or of a number, as a tensor.</summary>
    /// <exception cref="NotSupportedException">A state dict cannot hold elements of this type.</exception>
    public static TensorBuffer ToTensor(object value) => value switch
    {
        float or float[] => Buffer<float>(value),
        double or double[] => Buffer<double>(value),
        Half or Half[] => Buffer<Half>(value),
        BFloat16 or BFloat16[] => Buffer<BFloat16>(value),
        long or long[] => Buffer<long>(value),
        Array array => array.GetType().GetElementType()! switch
        {
            Type type when type == typeof(float) => Buffer<float>(value),
            Type type when type == typeof(double) => Buffer<double>(value),
            Type type when type == typeof(Half) => Buffer<Half>(value),
            Type type when type == typeof(BFloat16) => Buffer<BFloat16>(value),
            Type type when type == typeof(long) => Buffer<long>(value),
            Type type => throw Unknown(type),
        },
        _ => throw Unknown(value.GetType()),
    };

    static NotSupportedException Unknown(Type type)
        => new($"A state dict holds no elements of {type}; allowed: float32, float64, float16, bfloat16, int64.");

    static TensorBuffer Buffer<T>(object value)
        where T : unmanaged
    {
        if (value is not Array array) { return TensorBuffer.Of([(T)value], []); }
        T[] elements = new T[array.Length];
        Elements<T>(array).CopyTo(elements);
        return TensorBuffer.Of(elements, [.. Enumerable.Range(0, array.Rank).Select(axis => (long)array.GetLength(axis))]);
    }

    static Array Shaped<T>(TensorBuffer tensor)
        where T : unmanaged
    {
        int[] sizes = tensor.Shape.Count == 0 ? [1] : [.. tensor.Shape.Select(size => checked((int)size))];
        Array array = Array.CreateInstance(typeof(T), sizes);
        tensor.AsSpan<T>().CopyTo(Elements<T>(array));
        return array;
    }

    static Span<T> Elements<T>(Array array)
        => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
}
