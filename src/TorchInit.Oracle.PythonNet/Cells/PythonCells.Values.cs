using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

public sealed partial class PythonCells
{
    /// <summary>A copy of a value of the cells' namespace.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>
    /// null, bool, long (a <see cref="BigInteger"/> where it needs more), double, string, string[]; of a numpy array, a torch tensor or a
    /// list of numbers
    /// an array of the same element type and rank (<c>float[,]</c> of a matrix), or the number itself of one without dimensions.
    /// </returns>
    /// <exception cref="PythonRaisedException">There is none of that name (NameError), or it is of another kind (TypeError).</exception>
    public object? Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Host.Run(() =>
        {
            using PyObject wanted = new PyString(name), answer = _script.InvokeMethod("get", wanted);
            using PyObject kind = answer[0], value = answer[1], dtype = answer[2], sizes = answer[3], address = answer[4];
            return kind.As<string>() switch
            {
                "none" => null,
                "bool" => value.As<bool>(),
                "float" => value.As<double>(),
                "str" => value.As<string>(),
                "texts" => value.As<string[]>(),
                "int" when long.TryParse(value.As<string>(), CultureInfo.InvariantCulture, out long number) => number,
                "int" => BigInteger.Parse(value.As<string>(), CultureInfo.InvariantCulture),
                _ => Copy(dtype.As<string>(), sizes.As<int[]>(), (nint)address.As<long>()),
            };
        });
    }

    /// <summary>Puts a value into the cells' namespace, as a copy.</summary>
    /// <param name="name">A name of Python's.</param>
    /// <param name="value">null, bool, a number, a string, a string[]; or an array of numbers of any rank, which becomes a numpy
    /// array.</param>
    /// <exception cref="NotSupportedException"><paramref name="value"/> is of another type.</exception>
    /// <exception cref="PythonRaisedException"><paramref name="name"/> is no name of Python's (NameError), or neither numpy nor torch is
    /// there (TypeError).</exception>
    public void Set(string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (value is Array array and not string[])
        {
            string dtype = s_types.FirstOrDefault(pair => pair.Value == array.GetType().GetElementType()).Key
                ?? throw new NotSupportedException($"An array of {array.GetType().GetElementType()} has no counterpart in numpy.");
            Host.Run(() => Put(name, dtype, array));
            return;
        }
        Host.Run(() =>
        {
            using PyObject wanted = new PyString(name), given = value switch
            {
                null => PyObject.None,
                bool or string or long or int or short or sbyte or byte or ushort or uint or ulong or double or float => value.ToPython(),
                Half half => ((double)half).ToPython(),
                BigInteger big => new PyInt(big),
                string[] texts => new PyList([.. texts.Select(text => (PyObject)new PyString(text))]),
                _ => throw new NotSupportedException($"A {value.GetType()} does not go to Python; allowed: numbers, texts, arrays."),
            };
            _script.InvokeMethod("put", wanted, given).Dispose();
        });
    }

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

    static unsafe object Copy(string dtype, int[] sizes, nint address)
    {
        Type type = s_types.GetValueOrDefault(dtype) ?? throw new NotSupportedException($"Elements of dtype {dtype} have no type in .NET.");
        Array copy = Array.CreateInstance(type, sizes.Length == 0 ? [1] : sizes);
        Span<byte> bytes = Bytes(copy, type);
        new ReadOnlySpan<byte>((void*)address, bytes.Length).CopyTo(bytes);
        return sizes.Length == 0 ? copy.GetValue(0)! : copy;
    }

    unsafe void Put(string name, string dtype, Array array)
    {
        Span<byte> bytes = Bytes(array, array.GetType().GetElementType()!);
        fixed (byte* first = bytes)
        {
            using PyObject wanted = new PyString(name), kind = new PyString(dtype);
            using PyObject place = new PyInt((long)first), size = new PyInt(bytes.Length);
            using PyList sizes = new([.. Enumerable.Range(0, array.Rank).Select(axis => (PyObject)new PyInt(array.GetLength(axis)))]);
            _script.InvokeMethod("put_array", wanted, kind, sizes, place, size).Dispose();
        }
    }

    // .NET has an element's size only where the type is known to the compiler; a bool has one byte, where Marshal says four.
    static Span<byte> Bytes(Array array, Type type)
    {
        int size = type == typeof(bool) ? 1 : type == typeof(Half) || type == typeof(BFloat16) ? 2 : Marshal.SizeOf(type);
        return MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), checked(array.Length * size));
    }
}
