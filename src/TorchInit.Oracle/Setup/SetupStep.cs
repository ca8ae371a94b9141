namespace TorchInit.Oracle;

/// <summary>How a step of <see cref="PythonProvisioner"/> ended.</summary>
public enum SetupOutcome
{
    /// <summary>It was there already.</summary>
    Found,

    /// <summary>It would be done: a dry run.</summary>
    Planned,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It failed, and another way is gone.</summary>
    Failed,

    /// <summary>It was left out: torch works without it.</summary>
    Left,
}

/// <summary>One step of <see cref="PythonProvisioner"/>.</summary>
/// <param name="What">For example <c>install python3-torch, python3-scipy</c>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Command">What was run, as words; empty where nothing was.</param>
/// <param name="Detail">What was found, or the last that a failing command said.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record SetupStep(string What, SetupOutcome Outcome, IReadOnlyList<string> Command, string Detail, double Seconds = 0);
