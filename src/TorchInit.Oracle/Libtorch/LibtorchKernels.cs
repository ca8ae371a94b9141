using System.Runtime.InteropServices;
using System.Text;

namespace TorchInit.Oracle;

/// <summary>libtorch 2.10 in this process, called through its exported C functions and four C++ functions that access its
/// generator.</summary>
/// <remarks>A process can load one, permanently: torch's libraries cannot be unloaded.</remarks>
sealed unsafe partial class LibtorchKernels
{
    // aoti_torch_abi_version: the version in the upper bytes. The C++ names below are guaranteed in no other version.
    const ulong Abi = 0x02_0a_00_00_00_00_00_00;
    const int Cpu = 0;
    internal const int StateBytes = 5056;

    readonly nint _library;
    readonly delegate* unmanaged<long, long*, long*, int, int, int, nint*, int> _emptyStrided;
    readonly delegate* unmanaged<nint, nint*, int> _dataPointer, _newHandle;
    readonly delegate* unmanaged<nint, int> _delete;
    readonly delegate* unmanaged<byte*, byte*, ulong*, int> _call;
    readonly delegate* unmanaged<nint, ulong, void> _setSeed;
    readonly delegate* unmanaged<nint*, nint, void> _getState;
    readonly delegate* unmanaged<nint, nint, void> _setState;
    readonly nint _generator;

    LibtorchKernels(nint library)
    {
        _library = library;
        ulong abi = ((delegate* unmanaged<ulong>)Export("aoti_torch_abi_version"))();
        if (abi != Abi)
        {
            throw new NotSupportedException($"its version is {abi >> 56}.{(abi >> 48) & 255}, not 2.10, and its C++ functions "
                + $"may differ");
        }
        _emptyStrided = (delegate* unmanaged<long, long*, long*, int, int, int, nint*, int>)Export("aoti_torch_empty_strided");
        _dataPointer = (delegate* unmanaged<nint, nint*, int>)Export("aoti_torch_get_data_ptr");
        _newHandle = (delegate* unmanaged<nint, nint*, int>)Export("aoti_torch_new_tensor_handle");
        _delete = (delegate* unmanaged<nint, int>)Export("aoti_torch_delete_tensor_object");
        _call = (delegate* unmanaged<byte*, byte*, ulong*, int>)Export("aoti_torch_call_dispatcher");
        _setSeed = (delegate* unmanaged<nint, ulong, void>)Export("_ZN2at16CPUGeneratorImpl16set_current_seedEm");
        _getState = (delegate* unmanaged<nint*, nint, void>)Export("_ZNK2at16CPUGeneratorImpl9get_stateEv");
        _setState = (delegate* unmanaged<nint, nint, void>)Export("_ZN2at16CPUGeneratorImpl9set_stateERKN3c1010TensorImplE");
        // A Generator is a pointer to its implementation.
        _generator = *((delegate* unmanaged<nint*>)Export("_ZN2at6detail22getDefaultCPUGeneratorEv"))();
        ((delegate* unmanaged<int, void>)Export("_ZN2at15set_num_threadsEi"))(1);
        // A std::string of fewer than 16 characters owns no memory; its first words are a pointer and a length.
        byte* text = stackalloc byte[32];
        ((delegate* unmanaged<byte*, byte*>)Export("_ZN2at18get_cpu_capabilityB5cxx11Ev"))(text);
        Capability = Encoding.ASCII.GetString(*(byte**)text, (int)*(long*)(text + sizeof(nint)));
    }

    /// <summary>Which version of the kernels runs, for example <c>AVX2</c>.</summary>
    public string Capability { get; }

    /// <summary>Loads the libraries in a folder.</summary>
    /// <param name="folder">The folder with libtorch_cpu.so.</param>
    /// <param name="capability">A value of ATEN_CPU_CAPABILITY; null lets the CPU choose, whatever the environment says.</param>
    /// <exception cref="NotSupportedException">The file is not libtorch 2.10.</exception>
    /// <exception cref="DllNotFoundException">A library cannot be loaded.</exception>
    public static LibtorchKernels Load(string folder, string? capability)
    {
        // .NET's own setter does not affect C libraries.
        _ = capability is null ? Unset("ATEN_CPU_CAPABILITY") : Set("ATEN_CPU_CAPABILITY", capability, 1);
        nint library = NativeLibrary.Load(Path.Combine(folder, LibtorchFiles.Library));
        try
        {
            return new(library);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or NotSupportedException)
        {
            NativeLibrary.Free(library);
            throw error is NotSupportedException ? error
                : new NotSupportedException($"it lacks a function of 2.10: {error.Message}", error);
        }
    }

    public void Seed(ulong seed) => _setSeed(_generator, seed);

    /// <summary>The bytes of torch.get_rng_state().</summary>
    public byte[] GetState()
    {
        return Owned(State(), handle => new Span<byte>((void*)Data(handle), StateBytes).ToArray());
    }

    /// <summary>torch.set_rng_state for a state that <see cref="IsState"/> accepts; any other would raise a C++ exception, which ends the
    /// process.</summary>
    public void SetState(ReadOnlySpan<byte> state)
    {
        nint tensor = State();
        byte[] copy = state.ToArray();
        Owned(tensor, handle =>
        {
            copy.CopyTo(new Span<byte>((void*)Data(handle), StateBytes));
            _setState(_generator, tensor);
            return true;
        });
    }

    /// <summary>Whether a state is an mt19937 state as torch stores it: seed, left, seeded, next, 624 words of 64 bits, and the cached
    /// normals.</summary>
    public static bool IsState(ReadOnlySpan<byte> state)
        => state.Length == StateBytes && MemoryMarshal.Read<int>(state[8..]) is >= 1 and <= 624 && MemoryMarshal.Read<int>(state[12..]) == 1
        && MemoryMarshal.Read<ulong>(state[16..]) <= 624;

    /// <summary>Fills a tensor of zeros by an ATen operation with two doubles and a generator, and returns its elements in row-major
    /// order.</summary>
    /// <returns>Null if the operation refused; it has written the reason to standard error.</returns>
    public byte[]? Fill(string operation, LibtorchTensor tensor, double first, double second)
    {
        nint handle = 0;
        fixed (long* sizes = tensor.Sizes, strides = tensor.Strides)
        {
            Check(_emptyStrided(tensor.Sizes.Length, sizes, strides, tensor.TypeCode, Cpu, 0, &handle), "aoti_torch_empty_strided");
        }
        try
        {
            void* data = (void*)Data(handle);
            new Span<byte>(data, tensor.Bytes).Clear();
            nint given = 0;
            Check(_newHandle(handle, &given), "aoti_torch_new_tensor_handle");          // the call consumes it and returns another
            ulong* stack = stackalloc ulong[4]
            {
                (ulong)given, BitConverter.DoubleToUInt64Bits(first), BitConverter.DoubleToUInt64Bits(second), 0,
            };
            if (!Call(operation, stack)) { return null; }
            _delete((nint)stack[0]);
            return tensor.RowMajor(new ReadOnlySpan<byte>(data, tensor.Bytes));
        }
        finally
        {
            _delete(handle);
        }
    }

    /// <summary>torch.randperm(n) as 64-bit integers.</summary>
    public byte[]? Permutation(int count)
    {
        ulong* stack = stackalloc ulong[5] { (ulong)count, 0, 0, 0, 0 };
        if (!Call("aten::randperm", stack)) { return null; }
        nint handle = (nint)stack[0];
        byte[] elements = new ReadOnlySpan<byte>((void*)Data(handle), count * sizeof(long)).ToArray();
        _delete(handle);
        return elements;
    }

    bool Call(string operation, ulong* stack)
    {
        byte overload = 0;
        fixed (byte* name = Encoding.ASCII.GetBytes($"{operation}\0")) { return _call(name, &overload, stack) == 0; }
    }

    // A tensor of bytes, as a pointer to its implementation.
    nint State()
    {
        nint tensor = 0;
        _getState(&tensor, _generator);
        return tensor;
    }

    nint Data(nint handle)
    {
        nint data = 0;
        Check(_dataPointer(handle, &data), "aoti_torch_get_data_ptr");
        return data;
    }

    // A handle is a pointer to a Tensor, which is a pointer to its implementation; C++'s delete is free.
    TResult Owned<TResult>(nint implementation, Func<nint, TResult> use)
    {
        nint* handle = (nint*)NativeMemory.Alloc((nuint)sizeof(nint));
        *handle = implementation;
        try { return use((nint)handle); }
        finally { _delete((nint)handle); }
    }

    nint Export(string name) => NativeLibrary.GetExport(_library, name);

    static void Check(int code, string function)
    {
        if (code != 0) { throw new OracleCrashedException($"{function} failed", "", null, timedOut: false); }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unset(string name);
}
