namespace TorchInit.Cli;

/// <summary>What the shell sees.</summary>
static class ExitCodes
{
    /// <summary>Everything asked for is done, and every promise was kept.</summary>
    public const int Kept = 0;

    /// <summary>Bits differ where the same bits are promised, weights deviate, or a cell failed.</summary>
    public const int Broken = 1;

    /// <summary>Real torch was required and could not be asked.</summary>
    public const int NotAsked = 2;

    /// <summary>Weights were judged, and there is not enough to judge by.</summary>
    public const int CannotTell = 3;

    /// <summary>The request or a file cannot be read, or torch would refuse it: nothing was judged.</summary>
    public const int Refused = 4;

    /// <summary>A fault of this program: nothing was judged, and no file was written in part.</summary>
    public const int Fault = 5;
}
