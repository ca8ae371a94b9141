using System.Runtime.InteropServices;
using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>The few functions of CPython that pythonnet does not show: an isolated start, and the lock's state.</summary>
sealed unsafe class LibPython
{
    // sizeof(PyConfig) is below 600 in every version; its size is not part of any interface.
    const int ConfigSize = 16 << 10;
    const int InstallSignalHandlers = 4;     // the fifth int of PyConfig since 3.8; checked below
    const string AnotherPython = "a Python that was not started here runs in this process already; ask a worker";
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

    /// <summary>Waits for Python's lock; as often as it is taken, it must be given back.</summary>
    public int TakeLock() => _takeLock();

    /// <summary>Gives the lock back as far as it was taken.</summary>
    public void GiveLock(int before) => _giveLock(before);

    /// <summary>Takes back an interrupt that has not been raised yet. Python's lock is held.</summary>
    public void ForgetInterrupt(ulong thread)
    {
        // unsigned long has 32 bits on Windows.
        nint set = Export("PyThreadState_SetAsyncExc");
        if (OperatingSystem.IsWindows()) { ((delegate* unmanaged<uint, nint, int>)set)((uint)thread, 0); }
        else { ((delegate* unmanaged<nuint, nint, int>)set)((nuint)thread, 0); }
    }

    /// <summary>Loads the library; Python does not run yet.</summary>
    /// <exception cref="InvalidOperationException">It cannot be used, with the reason.</exception>
    public static LibPython Load(PythonLibrary found)
    {
        if (PythonEngine.IsInitialized) { throw new InvalidOperationException(AnotherPython); }
        try
        {
            // pythonnet loads it, with its symbols for everyone: Python's own extension modules look for them.
            Runtime.PythonDLL = found.Path;
            string version = PythonEngine.Version;
            LibPython library = new(NativeLibrary.Load(found.Path!));
            bool runs = ((delegate* unmanaged<int>)library.Export("Py_IsInitialized"))() != 0;
            if (runs) { throw new InvalidOperationException(AnotherPython); }
            return Words(version) == Words(found.FullVersion)
                ? library
                : throw new InvalidOperationException($"{found.Path} is of another Python: {version}");
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException or MissingMethodException
            or TypeInitializationException or BadImageFormatException)
        {
            throw new InvalidOperationException($"{found.Path} cannot be loaded: {(error.InnerException ?? error).Message}", error);
        }
    }

    /// <summary>
    /// Starts Python as <c>PROGRAM -I -X utf8</c> would, without its signal handlers: Ctrl+C stays .NET's. This thread then holds Python's
    /// lock.
    /// </summary>
    /// <remarks>
    /// The program's name makes it a virtual environment's Python where it is one. -I leaves out PYTHON* variables, the user's site and the
    /// working directory.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Python does not start, with its reason.</exception>
    public void StartIsolated(string program)
    {
        byte* config = (byte*)NativeMemory.AllocZeroed(ConfigSize);
        try
        {
            ((delegate* unmanaged<byte*, void>)Export("PyConfig_InitIsolatedConfig"))(config);
            int withoutHandlers = ((int*)config)[InstallSignalHandlers];
            NativeMemory.Clear(config, ConfigSize);
            ((delegate* unmanaged<byte*, void>)Export("PyConfig_InitPythonConfig"))(config);
            // The one field that no function sets: the two ready-made configurations differ in it, which shows that it is where it was.
            if ((withoutHandlers, ((int*)config)[InstallSignalHandlers]) != (0, 1))
            {
                throw new InvalidOperationException("this Python lays out its configuration in another way");
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
