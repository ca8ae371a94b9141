using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

namespace InitNotebooks.Extensions;

/// <summary>
/// Loads extensions while a command is handled: only then do Kernel.Root and the invocation's context exist for them.
/// </summary>
sealed class LoadExtension(IKernelExtension extension) : KernelCommand
{
    public IKernelExtension Extension { get; } = extension;
}
