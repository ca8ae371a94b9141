namespace TorchInit.Oracle;

/// <summary>The worker crashed in this case, or did not answer in time. The next case gets a new worker.</summary>
public sealed class OracleCrashedException : Exception
{
    /// <summary>Describes how the worker ended.</summary>
    /// <param name="reason">For example <c>The worker died with exit code 134</c>.</param>
    /// <param name="standardErrorTail">The end of its standard error.</param>
    /// <param name="exitCode">Its exit code, 128 plus the signal on Unix; null if it was stopped from here.</param>
    /// <param name="timedOut">Whether it was stopped because of the time limit.</param>
    public OracleCrashedException(string reason, string standardErrorTail, int? exitCode, bool timedOut)
        : base(standardErrorTail.Length == 0 ? reason : $"{reason}; its last words:{Environment.NewLine}{standardErrorTail}")
        => (StandardErrorTail, ExitCode, TimedOut) = (standardErrorTail, exitCode, timedOut);

    /// <summary>The end of the worker's standard error, at most 8 KiB.</summary>
    public string StandardErrorTail { get; }

    /// <summary>The worker's exit code; null if it was stopped from here.</summary>
    public int? ExitCode { get; }

    /// <summary>Whether the worker was stopped because it did not answer in time.</summary>
    public bool TimedOut { get; }
}
