using Spectre.Console;

namespace TorchInit.Cli;

/// <summary>Updates a bar on the working thread, so that reports stay in order.</summary>
sealed class BarProgress(ProgressTask bar) : IProgress<(long Done, long All)>
{
    void IProgress<(long Done, long All)>.Report((long Done, long All) value) => (bar.MaxValue, bar.Value) = (value.All, value.Done);
}
