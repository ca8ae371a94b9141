using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>Copies arrays between .NET and Python through their memory. The caller holds Python's lock.</summary>
static unsafe class PythonArrays
{
    static readonly Dictionary<string, Type> s_types = new()
    {
        ["float32"] = typeof(float),
        ["float64"] = typeof(double),
        ["float16"] = typeof(Half),
        ["bfloat16"] = typeof(BFloat16),
        ["int64"] = typeof(long),
        ["int32"] = typeof(int),
        ["int16"] = typeof(short),
        ["int8"] = typeof(sbyte),
        ["uint64"] = typeof(ulong),
        ["uint32"] = typeof(uint),
        ["uint16"] = typeof(ushort),
        ["uint8"] = typeof(byte),
        ["bool"] = typeof(bool),
    };

    /// <summary>The array that a value is or holds: an array, a List or a Memory of numbers; null for anything else.</summary>
    /// <exception cref="NotSupportedException">An array of decimals, or of several dimensions, whose element type numpy does not
    /// have.</exception>
    public static Array? Of(object? value)
    {
        switch (value)
        {
            case Array array when s_types.ContainsValue(array.GetType().GetElementType()!): return array;
            case Array { Rank: > 1 } or decimal[]:
                throw new NotSupportedException(
                    $"An array of {value.GetType().GetElementType()} has no counterpart in numpy; allowed: numbers, bools.");
        }
        Type? type = value?.GetType();
        if (type is not { IsGenericType: true } || !s_types.ContainsValue(type.GetGenericArguments()[0])) { return null; }
        Type kind = type.GetGenericTypeDefinition();
        bool holds = kind == typeof(Memory<>) || kind == typeof(ReadOnlyMemory<>) || kind == typeof(List<>);
        return holds ? (Array)type.GetMethod("ToArray", Type.EmptyTypes)!.Invoke(value, null)! : null;
    }

    /// <summary>Passes an array to a Python function, after the given arguments: its dtype, its sizes, its address, its size in
    /// bytes.</summary>
    public static void Lend(Array array, PyObject script, string function, params ReadOnlySpan<PyObject> arguments)
    {
        Type element = array.GetType().GetElementType()!;
        string dtype = s_types.First(pair => pair.Value == element).Key;
        int[] sizes = [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)];
        fixed (byte* first = &MemoryMarshal.GetArrayDataReference(array))
        {
            Call(script, function, arguments, dtype, [.. sizes.Select(size => (long)size)], first, array.LongLength * Size(element));
        }
    }

    /// <inheritdoc cref="Lend(Array, PyObject, string, ReadOnlySpan{PyObject})"/>
    public static void Lend(TensorBuffer tensor, PyObject script, string function, params ReadOnlySpan<PyObject> arguments)
    {
        fixed (byte* first = tensor.Bytes(0, Math.Min(tensor.Count, 1)))
        {
            long bytes = (long)tensor.Count * tensor.DType.ByteSize();
            Call(script, function, arguments, tensor.DType.TorchName(), [.. tensor.Shape], first, bytes);
        }
    }

    /// <summary>A copy of the array that <c>get</c> returned; for an array without dimensions, its only element.</summary>
    public static object Read(PyObject given)
    {
        (Array copy, int[] sizes) = Copy(given, flat: false);
        return sizes.Length == 0 ? copy.GetValue(0)! : copy;
    }

    /// <summary>A copy of a torch tensor.</summary>
    /// <exception cref="NotSupportedException">The dtype is not a <see cref="DType"/>.</exception>
    public static TensorBuffer ReadTensor(PyObject given, string name)
    {
        (Array copy, int[] sizes) = Copy(given, flat: true);
        long[] shape = [.. sizes.Select(size => (long)size)];
        return copy switch
        {
            float[] items => TensorBuffer.Of(items, shape),
            double[] items => TensorBuffer.Of(items, shape),
            Half[] items => TensorBuffer.Of(items, shape),
            BFloat16[] items => TensorBuffer.Of(items, shape),
            long[] items => TensorBuffer.Of(items, shape),
            _ => throw new NotSupportedException(
                $"'{name}' is a tensor of {copy.GetType().GetElementType()!.Name}; allowed in a StateDict: {DTypes()}."),
        };
    }

    static string DTypes() => string.Join(", ", Enum.GetValues<DType>().Select(dtype => dtype.TorchName()));

    static void Call(PyObject script, string function, ReadOnlySpan<PyObject> arguments, string dtype, long[] sizes, byte* first,
        long bytes)
    {
        using PyObject kind = new PyString(dtype), place = new PyInt((long)first), size = new PyInt(bytes);
        using PyList list = new([.. sizes.Select(each => (PyObject)new PyInt(each))]);
        script.InvokeMethod(function, [.. arguments, kind, list, place, size]).Dispose();
    }

    static (Array Copy, int[] Sizes) Copy(PyObject given, bool flat)
    {
        using PyObject dtype = given[2], shape = given[3], address = given[4];
        string name = dtype.As<string>();
        Type type = s_types.GetValueOrDefault(name) ?? throw new NotSupportedException($"Elements of dtype {name} have no .NET type.");
        int[] sizes = shape.As<int[]>();
        int count = sizes.Aggregate(1, (product, size) => checked(product * size));
        Array copy = Array.CreateInstance(type, flat || sizes.Length == 0 ? [count] : sizes);
        fixed (byte* to = &MemoryMarshal.GetArrayDataReference(copy))
        {
            long bytes = copy.LongLength * Size(type);
            Buffer.MemoryCopy((void*)(nint)address.As<long>(), to, bytes, bytes);
        }
        return (copy, sizes);
    }

    // Marshal takes a bool as four bytes.
    static int Size(Type type) => type == typeof(bool) ? Unsafe.SizeOf<bool>()
        : type == typeof(Half) || type == typeof(BFloat16) ? 2 : Marshal.SizeOf(type);
}
