using System.Reflection;
using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

public sealed partial class PythonHost
{
    static readonly TimeSpan s_exitPatience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Ends the use of Python in this process, for good: runs what atexit holds, writes out what was printed. Without it the process's end
    /// does so.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is called inside <see cref="Run{T}"/>, where Python is in use.</exception>
    public void Shutdown()
    {
        if (_gate.IsHeldByCurrentThread) { throw new InvalidOperationException("Shutdown was called inside Run, where Python is in use."); }
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
    /// At the process's end: not for long, and with Python's lock in hand, so that nobody runs Python code while libraries are unloaded.
    /// </summary>
    void OnExit(object? sender, EventArgs e)
    {
        if (!IsRunning) { return; }
        if (_python.HoldsLock)
        {
            // Environment.Exit inside Run.
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
        // A thread that never gives the lock back must not keep the process alive.
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
    /// pythonnet's own hook waits for Python's lock without end and collects garbage for seconds, in a process that is going down.
    /// </summary>
    static void KeepPythonnetFromTheExit()
    {
        const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Static;
        MethodInfo? hook = typeof(PythonEngine).GetMethod("OnProcessExit", Hidden, [typeof(object), typeof(EventArgs)]);
        if (hook is not null) { AppDomain.CurrentDomain.ProcessExit -= hook.CreateDelegate<EventHandler>(); }
    }
}
