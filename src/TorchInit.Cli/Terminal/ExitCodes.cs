namespace TorchInit.Cli;

/// <summary>The exit codes. 1 and 3 are verdicts: an error never ends with them.</summary>
static class ExitCodes
{
    /// <summary>Everything asked for is done, and every promise was kept.</summary>
    public const int Kept = 0;

    /// <summary>Bits differ where the same bits are promised, weights deviate, or a cell failed.</summary>
    public const int Broken = 1;

    /// <summary>Real torch was required and could not be asked about all or some cases, which were therefore not compared.</summary>
    public const int NotAsked = 2;

    /// <summary>There is too little data to judge the weights.</summary>
    public const int CannotTell = 3;

    /// <summary>The request or a file cannot be read, torch would refuse it, or an unexpected error occurred: nothing was
    /// judged.</summary>
    public const int Refused = 4;

    /// <summary>Ended by Ctrl-C, as a shell reports it.</summary>
    public const int Interrupted = 130;

    /// <summary>For a command that draws, in its help.</summary>
    public const string OfDrawing = "Exit code 0: drawn; 4: the request or a file cannot be read, torch refuses it, or nothing can be "
        + "written there; 130: interrupted.";

    /// <summary>For a command that compares with torch, in its help.</summary>
    public const string OfComparison = "Exit code 0: every promise was kept; 1: one was broken; "
        + "2: real torch could not be asked about all or some cases, and no promise was broken; 4: the request cannot be read.";
}
