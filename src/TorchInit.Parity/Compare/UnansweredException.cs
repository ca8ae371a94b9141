using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Torch raised where it was asked for draws that are put beside others, or has another tensor than the plan: there is nothing to
/// put beside.</summary>
/// <param name="message">Of what, and what came.</param>
sealed class UnansweredException(string message) : InvalidOperationException(message)
{
    /// <summary>Whether an error costs a case and no more: torch died, said what is no reply, could not be started again, or did not answer
    /// the question.</summary>
    public static bool Is(Exception error)
        => error is UnansweredException or OracleCrashedException or OracleProtocolException or OracleUnavailableException;
}
