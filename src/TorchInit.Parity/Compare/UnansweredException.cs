using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Torch raised an error when asked for draws to compare, or has other tensors than the plan: there is nothing to
/// compare.</summary>
/// <param name="message">Which case, and what torch did.</param>
sealed class UnansweredException(string message) : InvalidOperationException(message)
{
    /// <summary>Whether an error costs one case and no more: torch crashed, sent an invalid reply, could not be restarted, or did not
    /// answer the question.</summary>
    public static bool Is(Exception error)
        => error is UnansweredException or OracleCrashedException or OracleProtocolException or OracleUnavailableException;
}
