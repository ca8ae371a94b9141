using System.Diagnostics.CodeAnalysis;
using InitNotebooks.Engine;

namespace InitNotebooks.Kernel;

/// <summary>A cell on its own thread, which can be interrupted, and abandoned if it does not stop.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A late interrupt may still use the source, which owns nothing unmanaged.")]
sealed class RunningCell
{
    // A busy machine takes seconds to stop eight loops; native code never stops.
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    readonly CancellationTokenSource _interrupt = new();
    readonly TaskCompletionSource<CellResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunningCell(Func<CancellationToken, CellResult> run)
    {
        new Thread(() =>
        {
            try { _result.TrySetResult(run(_interrupt.Token)); }
            // shown to the user
            catch (Exception error)
            {
                _result.TrySetResult(CellResult.Failed(error.GetType().Name, error.Message, error.ToString().Split('\n')));
            }
        }, 16 << 20)
        { IsBackground = true, Name = "cell" }.Start();
    }

    /// <summary>Replies for the cell; what it does from now on is ignored.</summary>
    public void End(CellResult result) => _result.TrySetResult(result);

    public CellResult Wait() => _result.Task.GetAwaiter().GetResult();

    /// <summary>Returns at once: stopping waits for the cell's thread, and the sockets must continue. On its own thread: a cell may have
    /// taken the whole pool.</summary>
    public void Interrupt() => new Thread(() =>
    {
        _interrupt.Cancel();
        if (!_result.Task.Wait(s_patience))
        {
            _result.TrySetResult(CellResult.Failed("KeyboardInterrupt",
                "The cell did not stop; it was given up and may still be using the CPU. Restart the kernel to end it."));
        }
    })
    {
        IsBackground = true,
        Name = "interrupt",
    }.Start();
}
