namespace TorchInit.Cli;

/// <summary>What the shell sees.</summary>
static class ExitCodes
{
    /// <summary>Everything asked for is done, and every promise was kept.</summary>
    public const int Kept = 0;

    /// <summary>Bits differ where the same bits are promised, or the request cannot be done.</summary>
    public const int Broken = 1;

    /// <summary>Real torch was required and could not be asked.</summary>
    public const int NotAsked = 2;

    /// <summary>Weights were judged, and there is not enough to judge by.</summary>
    public const int CannotTell = 3;
}
