using System.Reflection;
using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

public sealed partial class PythonHost
{
    static readonly TimeSpan s_exitPatience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Ends Python in this process, permanently: runs its atexit handlers and flushes its output. Without this call, that happens when the
    /// process ends.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is called inside <see cref="Run{T}"/>, while Python is in use.</exception>
    public void Shutdown()
    {
        if (_gate.IsHeldByCurrentThread) { throw new InvalidOperationException("Shutdown was called inside Run, while Python is in use."); }
        lock (s_starting)
        {
            if (!IsRunning) { return; }
            int before = Enter();
            try
            {
                Farewell();
                Call("settle").Dispose();
                _torch?.Oracle.Dispose();
                _script.Dispose();
            }
            finally
            {
                Volatile.Write(ref _ended, true);
                Leave(before);
            }
            PythonEngine.Shutdown();
        }
    }

    /// <summary>
    /// At the end of the process: takes little time, and holds Python's lock so that no Python code runs while libraries are unloaded.
    /// </summary>
    void OnExit(object? sender, EventArgs e)
    {
        if (!IsRunning) { return; }
        if (_python.HoldsLock)
        {
            // Environment.Exit was called inside Run.
            Farewell();
            return;
        }
        using ManualResetEventSlim done = new();
        Thread last = new(() =>
        {
            _python.TakeLock();
            Farewell();
            done.Set();
            Thread.Sleep(Timeout.Infinite);
        })
        { IsBackground = true, Name = "the end of Python" };
        last.Start();
        // A thread that never releases the lock must not keep the process alive.
        done.Wait(s_exitPatience);
    }

    void Farewell()
    {
        try
        {
            Call("leave").Dispose();
        }
        catch (PythonException error)
        {
            Console.Error.WriteLine(PythonRaisedException.Of(error).Traceback);
        }
    }

    /// <summary>
    /// Removes pythonnet's own hook, which waits for Python's lock without a limit and collects garbage for seconds in a process that is
    /// ending.
    /// </summary>
    static void KeepPythonnetFromTheExit()
    {
        const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Static;
        MethodInfo? hook = typeof(PythonEngine).GetMethod("OnProcessExit", Hidden, [typeof(object), typeof(EventArgs)]);
        if (hook is not null) { AppDomain.CurrentDomain.ProcessExit -= hook.CreateDelegate<EventHandler>(); }
    }
}
