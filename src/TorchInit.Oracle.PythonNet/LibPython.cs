using System.Runtime.InteropServices;
using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>The few CPython functions that pythonnet does not expose: an isolated start, and the state of the lock.</summary>
sealed unsafe class LibPython
{
    // sizeof(PyConfig) is below 600 in every version, but not part of any interface.
    const int ConfigSize = 16 << 10;
    const int InstallSignalHandlers = 4;     // the fifth int of PyConfig since 3.8; checked below
    const string AnotherPython = "this process already runs a Python that was not started here; use a worker";
    readonly nint _library;
    readonly delegate* unmanaged<int> _holdsLock, _takeLock;
    readonly delegate* unmanaged<int, void> _giveLock;

    LibPython(nint library)
    {
        _library = library;
        _holdsLock = (delegate* unmanaged<int>)Export("PyGILState_Check");
        _takeLock = (delegate* unmanaged<int>)Export("PyGILState_Ensure");
        _giveLock = (delegate* unmanaged<int, void>)Export("PyGILState_Release");
    }

    /// <summary>Whether this thread holds Python's lock.</summary>
    public bool HoldsLock => _holdsLock() != 0;

    /// <summary>Waits for Python's lock; it must be released as often as it is taken.</summary>
    public int TakeLock() => _takeLock();

    /// <summary>Releases the lock, back to the state before it was taken.</summary>
    public void GiveLock(int before) => _giveLock(before);

    /// <summary>Withdraws an interrupt that has not been raised yet. The caller holds Python's lock.</summary>
    public void ForgetInterrupt(ulong thread)
    {
        // unsigned long has 32 bits on Windows.
        nint set = Export("PyThreadState_SetAsyncExc");
        if (OperatingSystem.IsWindows()) { ((delegate* unmanaged<uint, nint, int>)set)((uint)thread, 0); }
        else { ((delegate* unmanaged<nuint, nint, int>)set)((nuint)thread, 0); }
    }

    /// <summary>Loads the library; Python is not started yet.</summary>
    /// <exception cref="InvalidOperationException">The library cannot be used; the message says why.</exception>
    public static LibPython Load(PythonLibrary found)
    {
        if (PythonEngine.IsInitialized) { throw new InvalidOperationException(AnotherPython); }
        try
        {
            // pythonnet loads it with global symbols, which Python's extension modules need.
            Runtime.PythonDLL = found.Path;
            string version = PythonEngine.Version;
            LibPython library = new(NativeLibrary.Load(found.Path!));
            bool runs = ((delegate* unmanaged<int>)library.Export("Py_IsInitialized"))() != 0;
            if (runs) { throw new InvalidOperationException(AnotherPython); }
            return Words(version) == Words(found.FullVersion)
                ? library
                : throw new InvalidOperationException($"{found.Path} belongs to another Python: {version}");
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException or MissingMethodException
            or TypeInitializationException or BadImageFormatException)
        {
            throw new InvalidOperationException($"{found.Path} cannot be loaded: {(error.InnerException ?? error).Message}", error);
        }
    }

    /// <summary>
    /// Starts Python as <c>PROGRAM -I -X utf8</c> would, but without its signal handlers, so that .NET handles Ctrl+C. This thread then
    /// holds Python's lock.
    /// </summary>
    /// <remarks>
    /// The program's name selects the virtual environment if it is one. -I ignores PYTHON* variables, the user's site and the working
    /// directory.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Python does not start; the message gives its reason.</exception>
    public void StartIsolated(string program)
    {
        byte* config = (byte*)NativeMemory.AllocZeroed(ConfigSize);
        try
        {
            ((delegate* unmanaged<byte*, void>)Export("PyConfig_InitIsolatedConfig"))(config);
            int withoutHandlers = ((int*)config)[InstallSignalHandlers];
            NativeMemory.Clear(config, ConfigSize);
            ((delegate* unmanaged<byte*, void>)Export("PyConfig_InitPythonConfig"))(config);
            // The one field that no function sets. The two ready-made configurations differ in it, which confirms its position.
            if ((withoutHandlers, ((int*)config)[InstallSignalHandlers]) != (0, 1))
            {
                throw new InvalidOperationException("the layout of this Python's configuration is unknown");
            }
            ((int*)config)[InstallSignalHandlers] = 0;
            SetArguments(config, [program, "-I", "-X", "utf8", "-c", "pass"]);
            Check(((delegate* unmanaged<byte*, Status>)Export("Py_InitializeFromConfig"))(config));
        }
        finally
        {
            ((delegate* unmanaged<byte*, void>)Export("PyConfig_Clear"))(config);
            NativeMemory.Free(config);
        }
    }

    void SetArguments(byte* config, string[] arguments)
    {
        bool wide = OperatingSystem.IsWindows();
        nint[] texts = [.. arguments.Select(text => wide ? Marshal.StringToCoTaskMemUni(text) : Marshal.StringToCoTaskMemUTF8(text))];
        fixed (nint* argv = texts)
        {
            nint set = Export(wide ? "PyConfig_SetArgv" : "PyConfig_SetBytesArgv");
            Check(((delegate* unmanaged<byte*, nint, nint*, Status>)set)(config, texts.Length, argv));
        }
        Array.ForEach(texts, Marshal.FreeCoTaskMem);
    }

    static void Check(Status status)
    {
        if (status.Type == 0) { return; }
        string why = Marshal.PtrToStringUTF8(status.Message) ?? $"exit code {status.ExitCode}";
        throw new InvalidOperationException($"Python does not start: {why}");
    }

    nint Export(string name) => NativeLibrary.GetExport(_library, name);

    static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>PyStatus.</summary>
    [StructLayout(LayoutKind.Sequential)]
    readonly struct Status
    {
        public readonly int Type;
        public readonly nint Function;
        public readonly nint Message;
        public readonly int ExitCode;
    }
}
