namespace TorchInit.Oracle;

/// <summary>How a step of <see cref="PythonProvisioner"/> ended.</summary>
public enum SetupOutcome
{
    /// <summary>Already present.</summary>
    Found,

    /// <summary>Would be done; this is a dry run.</summary>
    Planned,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Failed, so that one way of getting torch is ruled out.</summary>
    Failed,

    /// <summary>Skipped: torch works without it.</summary>
    Left,
}

/// <summary>One step of <see cref="PythonProvisioner"/>.</summary>
/// <param name="What">For example <c>install python3-torch, python3-scipy</c>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Command">The command, as separate words; empty if none was run.</param>
/// <param name="Detail">What was found, or the end of a failed command's output.</param>
/// <param name="Seconds">How long the step took.</param>
public sealed record SetupStep(string What, SetupOutcome Outcome, IReadOnlyList<string> Command, string Detail, double Seconds = 0);
