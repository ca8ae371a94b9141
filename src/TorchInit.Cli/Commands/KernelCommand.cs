using System.CommandLine;
using InitNotebooks.Kernel;
using Spectre.Console;

namespace TorchInit.Cli;

/// <summary><c>torchinit kernel</c>: the C# kernel for Jupyter and VS Code.</summary>
static class KernelCommand
{
    static readonly Option<string?> s_name = new("--name") { Description = $"The kernelspec's name. Default: {KernelSpecs.Own}." };
    static readonly Option<bool> s_asDotNetInteractive = new("--as-dotnet-interactive") { Description = $"Use the name {KernelSpecs.DotNetInteractive}, so that .NET Interactive's notebooks open with this kernel." };
    static readonly Option<string?> s_folder = new("--data-dir") { Description = "A Jupyter data folder. Default: the user's." };

    public static Command Create()
    {
        Option<bool> replace = new("--replace")
        {
            Description = "If another kernel has this name, move it aside; uninstall restores it. Without this option it is left alone.",
        };
        Command install = new("install", "Offer the kernel to Jupyter and VS Code.") { s_name, s_asDotNetInteractive, s_folder, replace };
        install.SetAction(result => Refusal.Guard(() =>
        {
            string name = Name(result);
            string display = name == KernelSpecs.DotNetInteractive ? ".NET (C#)" : "C# (InitNotebooks)";
            string folder = KernelSpecs.Install(name, display, [.. HostProgram.LastingCommand, "kernel", "run", "-f"],
                result.GetValue(s_folder), result.GetValue(replace));
            AnsiConsole.MarkupLineInterpolated($"Kernel '{name}' installed: {folder}");
            return ExitCodes.Kept;
        }));
        Command uninstall = new("uninstall", "Remove this kernel and restore the one it replaced.")
        { s_name, s_asDotNetInteractive, s_folder };
        uninstall.SetAction(result => Refusal.Guard(() =>
        {
            string? folder = KernelSpecs.Uninstall(Name(result), result.GetValue(s_folder));
            AnsiConsole.MarkupLineInterpolated($"{(folder is null ? $"There is no kernel '{Name(result)}'." : $"Removed: {folder}")}");
            return folder is null ? ExitCodes.Broken : ExitCodes.Kept;
        }));
        Option<string> connection = new("-f", "--connection-file")
        {
            Description = "The connection file that the front end wrote.",
            Required = true
        };
        Command run = new("run", "Serve a front end; Jupyter calls this.") { connection };
        run.SetAction(result => Refusal.Guard(() =>
        {
            if (!HostProgram.IsThis) { return HostProgram.Become(); }
            using JupyterKernel kernel = new(ConnectionFile.Load(result.GetValue(connection)!), PythonNetKernel.Kind);
            kernel.Run();
            return ExitCodes.Kept;
        }));
        return new("kernel", "The C# notebook kernel.") { install, uninstall, run };
    }

    static string Name(ParseResult result)
        => result.GetValue(s_name) ?? (result.GetValue(s_asDotNetInteractive) ? KernelSpecs.DotNetInteractive : KernelSpecs.Own);
}
