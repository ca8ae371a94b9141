using Spectre.Console;

namespace TorchInit.Cli;

/// <summary>Sets a bar on the thread that works, so that no report overtakes another.</summary>
sealed class BarProgress(ProgressTask bar) : IProgress<(long Done, long All)>
{
    void IProgress<(long Done, long All)>.Report((long Done, long All) value) => (bar.MaxValue, bar.Value) = (value.All, value.Done);
}
