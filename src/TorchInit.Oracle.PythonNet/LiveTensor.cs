using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>A live torch tensor in this process; its elements are read and written in torch's memory.</summary>
/// <remarks>
/// A span is valid only inside the function that receives it. Until that returns, the memory stays: it is kept alive, torch refuses to
/// resize it (as after <c>.numpy()</c>, and for as long as the memory lives; a torch without numpy does not refuse), and Python cannot be
/// shut down.
/// </remarks>
public sealed class LiveTensor : IDisposable
{
    readonly LiveTorch _torch;
    readonly PyObject _tensor;
    bool _disposed;

    internal LiveTensor(LiveTorch torch, string name, PyObject tensor)
    {
        (_torch, Name, _tensor) = (torch, name, tensor);
        (DType, Shape) = torch.Run(() =>
        {
            using PyObject facts = torch.Host.Call("describe", tensor), dtype = facts[0], sizes = facts[1];
            return (dtype.As<string>(), (IReadOnlyList<long>)sizes.As<long[]>());
        });
    }

    /// <summary>Its key in the state dict, or the expression that made it, or "".</summary>
    public string Name { get; }

    /// <summary>Torch's name of the dtype, for example <c>float32</c>.</summary>
    public string DType { get; }

    /// <summary>The sizes at the time this object was made; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>
    /// The tensor itself, for anything else. Use it inside <see cref="LiveTorch.Run{T}"/>; this object owns it.
    /// </summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public PyObject Python => _disposed ? throw new ObjectDisposedException(Name) : _tensor;

    /// <summary>Reads the elements in place, row-major.</summary>
    /// <typeparam name="T">The type of the tensor's dtype: float, double, <see cref="Half"/>, <see cref="BFloat16"/>, long, int, short,
    /// sbyte, byte or bool.</typeparam>
    /// <typeparam name="TResult">The result type of <paramref name="read"/>.</typeparam>
    /// <param name="read">Receives the elements; may call torch.</param>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is not the tensor's element type.</exception>
    /// <exception cref="ArgumentException">The tensor has more than 2³¹ − 1 elements.</exception>
    /// <exception cref="PythonRaisedException">The tensor is not contiguous (ValueError), or not strided CPU memory
    /// (TypeError).</exception>
    public TResult Read<T, TResult>(Func<ReadOnlySpan<T>, TResult> read)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(read);
        return WithMemory<T, TResult>(copied: false, span => read(span));
    }

    /// <inheritdoc cref="Read{T, TResult}"/>
    public void Read<T>(Action<ReadOnlySpan<T>> read)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(read);
        WithMemory<T, bool>(copied: false, span =>
        {
            read(span);
            return true;
        });
    }

    /// <summary>Writes the elements in place, row-major. autograd is notified, as by torch's own in-place operations.</summary>
    /// <inheritdoc cref="Read{T, TResult}"/>
    /// <param name="write">Receives the elements; may call torch.</param>
    public void Write<T>(Action<Span<T>> write)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(write);
        WithMemory<T, bool>(copied: false, span =>
        {
            write(span);
            _torch.Host.Call("written", Python).Dispose();
            return true;
        });
    }

    /// <summary>A copy of the elements, row-major, also of a tensor that is not contiguous.</summary>
    /// <inheritdoc cref="Read{T, TResult}"/>
    public T[] ToArray<T>()
        where T : unmanaged
        => WithMemory<T, T[]>(copied: true, span => span.ToArray());

    /// <summary>Copies the elements, row-major, also of a tensor that is not contiguous.</summary>
    /// <param name="target">The destination, as long as the tensor.</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> has another length.</exception>
    /// <inheritdoc cref="Read{T, TResult}"/>
    public unsafe void CopyTo<T>(Span<T> target)
        where T : unmanaged
    {
        int length = target.Length;
        fixed (T* elements = target)
        {
            nint place = (nint)elements;
            WithMemory<T, bool>(copied: true, span =>
            {
                CheckLength(span.Length, length, nameof(target));
                span.CopyTo(new Span<T>((T*)place, length));
                return true;
            });
        }
    }

    /// <summary>Overwrites the elements, row-major.</summary>
    /// <param name="source">The new elements, as many as the tensor has.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> has another length; nothing is written.</exception>
    /// <inheritdoc cref="Read{T, TResult}"/>
    public unsafe void CopyFrom<T>(ReadOnlySpan<T> source)
        where T : unmanaged
    {
        int length = source.Length;
        fixed (T* elements = source)
        {
            nint place = (nint)elements;
            Write<T>(span =>
            {
                CheckLength(span.Length, length, nameof(source));
                new ReadOnlySpan<T>((T*)place, length).CopyTo(span);
            });
        }
    }

    /// <summary>A copy with dtype and shape.</summary>
    /// <exception cref="ArgumentException">The dtype is not a <see cref="TorchInit.DType"/>.</exception>
    public TensorBuffer ToBuffer() => TorchInit.DType.Parse(DType) switch
    {
        TorchInit.DType.Float32 => TensorBuffer.Of(ToArray<float>(), [.. Shape]),
        TorchInit.DType.Float64 => TensorBuffer.Of(ToArray<double>(), [.. Shape]),
        TorchInit.DType.Float16 => TensorBuffer.Of(ToArray<Half>(), [.. Shape]),
        TorchInit.DType.BFloat16 => TensorBuffer.Of(ToArray<BFloat16>(), [.. Shape]),
        TorchInit.DType.Int64 => TensorBuffer.Of(ToArray<long>(), [.. Shape]),
        TorchInit.DType.Int32 => TensorBuffer.Of(ToArray<int>(), [.. Shape]),
        TorchInit.DType.Int16 => TensorBuffer.Of(ToArray<short>(), [.. Shape]),
        TorchInit.DType.Int8 => TensorBuffer.Of(ToArray<sbyte>(), [.. Shape]),
        TorchInit.DType.UInt8 => TensorBuffer.Of(ToArray<byte>(), [.. Shape]),
        _ => TensorBuffer.Of(ToArray<bool>(), [.. Shape]),
    };

    /// <summary>Overwrites the elements.</summary>
    /// <param name="source">A tensor of the same dtype and shape.</param>
    /// <exception cref="ArgumentException">Its dtype or shape differs; nothing is written.</exception>
    public void CopyFrom(TensorBuffer source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.DType.TorchName() != DType || !source.Shape.SequenceEqual(Shape))
        {
            string theirs = $"{source.DType.TorchName()} ({Sizes(source.Shape)})";
            throw new ArgumentException($"'{Name}' is {DType} ({Sizes(Shape)}); source is {theirs}.", nameof(source));
        }
        switch (source.DType)
        {
            case TorchInit.DType.Float32: CopyFrom<float>(source.AsSpan<float>()); break;
            case TorchInit.DType.Float64: CopyFrom<double>(source.AsSpan<double>()); break;
            case TorchInit.DType.Float16: CopyFrom<Half>(source.AsSpan<Half>()); break;
            case TorchInit.DType.BFloat16: CopyFrom<BFloat16>(source.AsSpan<BFloat16>()); break;
            case TorchInit.DType.Int64: CopyFrom<long>(source.AsSpan<long>()); break;
            case TorchInit.DType.Int32: CopyFrom<int>(source.AsSpan<int>()); break;
            case TorchInit.DType.Int16: CopyFrom<short>(source.AsSpan<short>()); break;
            case TorchInit.DType.Int8: CopyFrom<sbyte>(source.AsSpan<sbyte>()); break;
            case TorchInit.DType.UInt8: CopyFrom<byte>(source.AsSpan<byte>()); break;
            default: CopyFrom<bool>(source.AsSpan<bool>()); break;
        }
    }

    /// <summary>
    /// Releases the tensor to Python, which frees it when nothing else refers to it. Does nothing after <see cref="PythonHost.Shutdown"/>.
    /// </summary>
    public void Dispose()
    {
        if (_disposed) { return; }
        _torch.Host.Release(_tensor, () => _disposed = true);
    }

    /// <summary>Passes the memory to a function and keeps it alive meanwhile.</summary>
    /// <param name="copied">Whether a tensor that is not contiguous is copied first; otherwise it is refused.</param>
    /// <param name="use">Receives the elements.</param>
    unsafe TResult WithMemory<T, TResult>(bool copied, Func<Span<T>, TResult> use)
        where T : unmanaged
        => _torch.Run(() =>
        {
            PythonHost host = _torch.Host;
            if (ElementType<T>() != DType)
            {
                throw new NotSupportedException($"'{Name}' is {DType}; {typeof(T)} is {ElementType<T>() ?? "not a tensor's type"}.");
            }
            using PyObject? rows = copied ? host.Call("contiguous", Python) : null;
            using PyObject lease = host.Call("lease", rows ?? Python), owner = lease[0], place = lease[1], count = lease[2];
            (long address, long elements) = (place.As<long>(), count.As<long>());
            if (elements > int.MaxValue)
            {
                throw new ArgumentException($"'{Name}' has {elements} elements; allowed: {int.MaxValue}; narrow() takes a part.");
            }
            TResult result = use(new Span<T>((void*)address, (int)elements));
            using PyObject now = owner.InvokeMethod("data_ptr");
            return now.As<long>() == address
                ? result
                : throw new InvalidOperationException($"The memory of '{Name}' was moved while in use, for example by share_memory_.");
        });

    static string? ElementType<T>()
        where T : unmanaged
        => default(T) switch
        {
            float => "float32",
            double => "float64",
            Half => "float16",
            BFloat16 => "bfloat16",
            long => "int64",
            int => "int32",
            short => "int16",
            sbyte => "int8",
            byte => "uint8",
            bool => "bool",
            _ => null,
        };

    void CheckLength(int elements, int length, string argument)
    {
        if (elements != length) { throw new ArgumentException($"'{Name}' has {elements} elements; {argument} has {length}.", argument); }
    }

    static string Sizes(IEnumerable<long> shape) => string.Join(", ", shape.Select(size => $"{size}"));
}
