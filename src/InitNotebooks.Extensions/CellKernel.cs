using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

namespace InitNotebooks.Extensions;

/// <summary>What an extension finds as the C# kernel: its code runs as a cell of the notebook does.</summary>
sealed class CellKernel : Microsoft.DotNet.Interactive.Kernel, IKernelCommandHandler<SubmitCode>
{
    public CellKernel() : base("csharp")
        => RegisterCommandHandler<LoadExtension>((command, _) => command.Extension.OnLoadAsync(RootKernel));

    /// <summary>Runs code; null, or why it failed.</summary>
    public Func<string, string?> Run { get; set; } = _ => "No cell is running.";

    Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        if (Run(command.Code) is { } failure) { context.Fail(command, message: failure); }
        return Task.CompletedTask;
    }
}
