using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

namespace InitNotebooks.Extensions;

/// <summary>The C# kernel that an extension sees: its code runs like a cell of the notebook.</summary>
sealed class CellKernel : Microsoft.DotNet.Interactive.Kernel, IKernelCommandHandler<SubmitCode>
{
    public CellKernel() : base("csharp")
        => RegisterCommandHandler<LoadExtension>((command, _) => command.Extension.OnLoadAsync(RootKernel));

    /// <summary>Runs code; returns null, or why it failed.</summary>
    public Func<string, string?> Run { get; set; } = _ => "No cell is running.";

    Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        if (Run(command.Code) is { } failure) { context.Fail(command, message: failure); }
        return Task.CompletedTask;
    }
}
