using System.Reflection;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Formatting;

namespace InitNotebooks.Interactive;

/// <summary>Gives .NET Interactive the directive <c>#!connect pythonnet</c>.</summary>
public sealed class InteractiveExtension : IKernelExtension
{
    /// <inheritdoc/>
    public Task OnLoadAsync(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        Load(kernel.RootKernel);
        return Task.CompletedTask;
    }

    /// <summary>Adds the directive to the kernel in which a cell runs; a second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">No cell is running, somebody else's directive has the name, or this .NET Interactive
    /// lacks something that is needed.</exception>
    public static void Load() => Load(Kernel.Root ?? throw new InvalidOperationException("No notebook is running in this process."));

    static void Load(Kernel root)
    {
        try
        {
            if (root is not CompositeKernel composite)
            {
                throw new InvalidOperationException($"The notebook's kernel is a {root.GetType().Name}; allowed: a {nameof(CompositeKernel)}.");
            }
            if (Existing(composite) is { } existing)
            {
                string owner = existing.GetType().Assembly.GetName().Name!;
                // Loaded before, or our own kernel's.
                if (owner.StartsWith("InitNotebooks.", StringComparison.Ordinal)) { return; }
                throw new InvalidOperationException($"#!connect {ConnectPythonNetDirective.DirectiveName} is taken: "
                    + $"{owner} has added a directive of that name. Restart the kernel and load one of the two.");
            }
            composite.AddConnectDirective(new ConnectPythonNetDirective());
            // JSON as .NET writes it knows no array of two dimensions, and no NaN.
            Formatter.Register<Array>(JsonText.Write, JsonFormatter.MimeType);
        }
        catch (Exception error) when (error is MissingMemberException or TypeLoadException or FileLoadException)
        {
            throw new InvalidOperationException($"InitNotebooks was built for .NET Interactive {Version(typeof(InteractiveExtension))}; "
                + $"this is {Version(typeof(Kernel))}, and it lacks something: {error.Message}", error);
        }
    }

    static KernelActionDirective? Existing(CompositeKernel root)
        => root.KernelInfo.SupportedDirectives.OfType<KernelActionDirective>().Where(directive => directive.Name == "#!connect")
            .SelectMany(directive => directive.Subcommands).FirstOrDefault(directive => directive.Name == ConnectPythonNetDirective.DirectiveName);

    static string Version(Type type) => type == typeof(InteractiveExtension)
        ? type.Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key == "DotNetInteractive")?.Value ?? "?"
        : type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";
}
