namespace TorchInit.Oracle;

/// <summary>The worker died in this case, or gave no answer in time. The next case gets a new worker.</summary>
public sealed class OracleCrashedException : Exception
{
    /// <summary>The worker's end.</summary>
    /// <param name="reason">For example <c>The worker died with exit code 134</c>.</param>
    /// <param name="standardErrorTail">The last it wrote there.</param>
    /// <param name="exitCode">Its exit code, 128 plus the signal on Unix; null when it was stopped from here.</param>
    /// <param name="timedOut">Whether it was stopped since the time was over.</param>
    public OracleCrashedException(string reason, string standardErrorTail, int? exitCode, bool timedOut)
        : base(standardErrorTail.Length == 0 ? reason : $"{reason}; its last words:{Environment.NewLine}{standardErrorTail}")
        => (StandardErrorTail, ExitCode, TimedOut) = (standardErrorTail, exitCode, timedOut);

    /// <summary>The last that the worker wrote to standard error, at most 8 KiB.</summary>
    public string StandardErrorTail { get; }

    /// <summary>The worker's exit code, or null when it was stopped from here.</summary>
    public int? ExitCode { get; }

    /// <summary>Whether the worker was stopped because it gave no answer in time.</summary>
    public bool TimedOut { get; }
}
