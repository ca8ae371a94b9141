using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;
using TorchInit.Oracle;
using TorchInit.Oracle.PythonNet;

namespace InitNotebooks.Interactive;

/// <summary><c>#!connect pythonnet --kernel-name python [--python PATH]</c>.</summary>
public sealed class ConnectPythonNetDirective : ConnectKernelDirective<ConnectPythonNet>
{
    internal const string DirectiveName = "pythonnet";

    /// <summary>The directive.</summary>
    public ConnectPythonNetDirective() : base(DirectiveName, "Python cells in this process, without a Jupyter server.")
    {
        Parameters.Add(new("--python") { Description = "The Python to run, a path or a name on PATH; default: the one that has torch." });
        ConnectedKernelDescription = "Python in this process";
    }

    /// <inheritdoc/>
    public override Task<IEnumerable<Kernel>> ConnectKernelsAsync(ConnectPythonNet connectCommand, KernelInvocationContext context)
    {
        ArgumentNullException.ThrowIfNull(connectCommand);
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            return Task.FromResult<IEnumerable<Kernel>>([Connect(connectCommand)]);
        }
        catch (Exception error) when (error is OracleUnavailableException or InvalidOperationException or ArgumentException)
        {
            // Fails with the message alone: a thrown exception would add a page of .NET Interactive's own calls.
            context.Fail(context.Command, message: $"#!connect {DirectiveName}: {error.Message}");
            return Task.FromResult<IEnumerable<Kernel>>([]);
        }
    }

    static PythonKernel Connect(ConnectPythonNet command)
    {
        string name = command.ConnectedKernelName;
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
        {
            throw new ArgumentException($"--kernel-name is '{name}'; allowed: letters, digits, - and _.");
        }
        PythonHost host = PythonHost.Start(command.Python is null ? null : new() { Python = command.Python });
        return new PythonKernel(name, new PythonCells(host)).UseValueSharing();
    }
}

/// <summary>The parsed directive.</summary>
/// <param name="connectedKernelName">Cells that begin with <c>#!</c> and this name are Python.</param>
public sealed class ConnectPythonNet(string connectedKernelName) : ConnectKernelCommand(connectedKernelName)
{
    /// <summary>The Python to run; null for the one that has torch.</summary>
    public string? Python { get; set; }
}
