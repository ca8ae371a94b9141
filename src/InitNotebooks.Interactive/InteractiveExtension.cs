using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Formatting;

namespace InitNotebooks.Interactive;

/// <summary>Adds to .NET Interactive the directive <c>#!connect pythonnet</c>.</summary>
public static class InteractiveExtension
{
    /// <summary>
    /// Adds the directive to the kernel in which a cell runs; the second time, and if .NET Interactive is loaded but runs no cell, it does
    /// nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another directive has the name.</exception>
    public static void Load()
    {
        if (Kernel.Root is not CompositeKernel root) { return; }
        if (Existing(root) is { } existing)
        {
            string owner = existing.GetType().Assembly.GetName().Name!;
            // Already loaded, or our own kernel's.
            if (owner.StartsWith("InitNotebooks.", StringComparison.Ordinal)) { return; }
            throw new InvalidOperationException($"#!connect {ConnectPythonNetDirective.DirectiveName} is taken: "
                + $"{existing.GetType()} of {owner} has that name. Restart the kernel and load one of the two.");
        }
        root.AddConnectDirective(new ConnectPythonNetDirective());
        // .NET's JSON has no two-dimensional arrays and no NaN.
        Formatter.Register<Array>(JsonText.Write, JsonFormatter.MimeType);
    }

    static KernelActionDirective? Existing(CompositeKernel root)
        => root.KernelInfo.SupportedDirectives.OfType<KernelActionDirective>().Where(directive => directive.Name == "#!connect")
            .SelectMany(directive => directive.Subcommands)
            .FirstOrDefault(directive => directive.Name == ConnectPythonNetDirective.DirectiveName);
}
