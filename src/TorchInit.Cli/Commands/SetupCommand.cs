using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using TorchInit.Oracle;
using TorchInit.Oracle.PythonNet;

namespace TorchInit.Cli;

/// <summary><c>torchinit setup</c>: finds a Python with torch, or sets one up.</summary>
static class SetupCommand
{
    static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static Command Create()
    {
        Option<string?> torch = new("--torch")
        {
            Description = "Install this version with pip into a virtual environment. Default: an existing one, else Debian's, else pip's.",
        };
        Option<bool> jupyter = new("--jupyter")
        {
            Description = "Also install Debian's Jupyter and Chromium, which the tests need to run the notebooks.",
        };
        Option<bool> optional = new("--optional")
        {
            Description = "If there is no torch, say so and exit with 0: everything but the live tests works without it.",
        };
        Option<bool> dryRun = new("--dry-run") { Description = "Install nothing; print what would be done." };
        Option<string> venv = new("--venv")
        {
            Description = "The folder of the virtual environment. An environment that this command did not create is left alone.",
            DefaultValueFactory = _ => ".venv",
        };
        Option<string?> hashes = new("--hashes")
        {
            Description = "A requirements file with a hash for each package; nothing else is installed.",
        };
        Option<string?> index = new("--index-url")
        {
            Description = "The package index for pip. Default: PyTorch's for CPUs on Linux, pip's own elsewhere.",
        };
        Option<bool> json = new("--json") { Description = "Print the report as JSON." };
        Command command = new("setup",
            $"Find a Python with torch, or set one up. Exit code 0: there is one; 2: there is none, and the report says "
                + $"why; 4: the request cannot be read.")
        { torch, jupyter, optional, dryRun, venv, hashes, index, json };
        command.SetAction(result => Refusal.Guard(() =>
        {
            SetupOptions options = new()
            {
                TorchVersion = result.GetValue(torch),
                Jupyter = result.GetValue(jupyter),
                DryRun = result.GetValue(dryRun),
                Venv = result.GetValue(venv)!,
                Hashes = result.GetValue(hashes),
                IndexUrl = result.GetValue(index),
                Embedded = EmbeddedPython.Installer,
            };
            SetupReport report = result.GetValue(json) ? PythonProvisioner.Provide(options) : Watched(options);
            if (result.GetValue(json)) { Console.Out.WriteLine(JsonSerializer.Serialize(report, s_json)); }
            else { Show(report, result.GetValue(optional)); }
            return report.Problem is null || result.GetValue(optional) ? ExitCodes.Kept : ExitCodes.NotAsked;
        }));
        return command;
    }

    static SetupReport Watched(SetupOptions options) => ProgressBars.New().AutoClear(true).Start(progress =>
    {
        ProgressTask? running = null;
        SetupReport report = PythonProvisioner.Provide(options, step =>
        {
            running?.StopTask();
            running = progress.AddTask(Markup.Escape(step)).IsIndeterminate();
        });
        running?.StopTask();
        return report;
    });

    static void Show(SetupReport report, bool optional)
    {
        foreach (SetupStep step in report.Steps)
        {
            string took = step.Seconds >= 1 ? string.Create(CultureInfo.InvariantCulture, $", {step.Seconds:0} s") : "";
            string detail = step.Detail.Length > 0 ? $": {PlainText.Of(step.Detail)}" : "";
            AnsiConsole.MarkupLine($"{Sign(step.Outcome)} {Markup.Escape($"{step.What}{detail}{took}")}");
            if (step.Outcome == SetupOutcome.Planned && step.Command.Count > 0)
            {
                AnsiConsole.MarkupLineInterpolated($"    {string.Join(' ', step.Command)}");
            }
        }
        if (report.Problem is null) { return; }
        AnsiConsole.MarkupLine($"[red]✘[/] {Markup.Escape(PlainText.Of(report.Problem))}");
        if (optional)
        {
            AnsiConsole.WriteLine($"Continuing without it. Later: torchinit setup, or set {PythonLocator.Variable} to a Python with torch");
        }
    }

    static string Sign(SetupOutcome outcome) => outcome switch
    {
        SetupOutcome.Found or SetupOutcome.Done => "[green]✔[/]",
        SetupOutcome.Planned => "[blue]would[/]",
        SetupOutcome.Left => "[yellow]–[/]",
        _ => "[red]✘[/]",
    };
}
