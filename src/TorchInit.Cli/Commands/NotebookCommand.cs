using System.CommandLine;
using InitNotebooks.Engine;
using InitNotebooks.Kernel;
using Spectre.Console;

namespace TorchInit.Cli;

/// <summary><c>torchinit notebook</c>: notebooks without Jupyter.</summary>
static class NotebookCommand
{
    static readonly Argument<string> s_input = new("IN") { Description = "An .ipynb or .dib file." };

    public static Command Create() => new("notebook", "Run, check and convert notebooks without Jupyter.") { Run(), Convert(), New() };

    static Command Run()
    {
        Option<string?> output = new("-o",
            "--output")
        {
            Description = "Where to write the notebook with its outputs. Default: the input itself, unless --check is "
                + "given."
        };
        Option<bool> check = new("--check")
        {
            Description = "Write nothing; compare the outputs with the stored ones: text exactly, "
            + "charts by their data, timings not at all."
        };
        Command command = new("run", "Run every cell; exit code 1 when one fails.") { s_input, output, check };
        command.SetAction(result => Refusal.Guard(() =>
        {
            string path = result.GetValue(s_input)!;
            // In place means the file itself, even when the path is a link to it.
            string written = result.GetValue(output) ?? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            // A .dib stores no outputs: unless it is written elsewhere, there is nothing to write.
            bool keepsOutputs = result.GetValue(output) is not null || !path.EndsWith(".dib", StringComparison.OrdinalIgnoreCase);
            bool writes = !result.GetValue(check) && keepsOutputs;
            if (!SupervisedRun.IsChild)
            {
                if (writes) { _ = OutputTarget.Probe(written); }
                return SupervisedRun.Run((notebook, died) => Judge(Notebook.Load(path), notebook, died, ""));
            }
            SupervisedRun.EndWithParent();
            Notebook stored = Notebook.Load(path), fresh = Notebook.Load(path);
            NotebookRun run = RunWithProgress(fresh, path);
            int code = Judge(stored, fresh, run.Failure, Counts(run));
            SupervisedRun.Ended();
            return code;

            int Judge(Notebook stored, Notebook fresh, CellFailure? failure, string counts)
            {
                if (writes) { fresh.Save(written); }
                string? wrong = failure is { Error: { } error }
                    ? $"cell {failure.Number} failed: {error.Name}: {error.Message}\n{string.Join('\n', error.Traceback)}"
                    : result.GetValue(check) ? OutputCheck.FirstDifference(stored, fresh) : null;
                string line = $"{PlainText.Of(path)}: {(wrong is null ? counts : PlainText.Of(wrong))}";
                AnsiConsole.MarkupLineInterpolated($"{(wrong is null ? "✔" : "✘")} {line}");
                return wrong is null ? ExitCodes.Kept : ExitCodes.Broken;
            }
        }));
        return command;
    }

    static Command Convert()
    {
        Argument<string> output = new("OUT") { Description = "An .ipynb, .dib or .html file." };
        Option<bool> trust = new("--trust")
        {
            Description = "For an HTML page: keep scripts and all HTML of outputs and text, such as "
            + "interactive charts. Without it, no script runs in the page."
        };
        Command command = new("convert", "Convert between .ipynb and .dib, or to an HTML page that opens offline.") { s_input, output,
            trust };
        command.SetAction(result => Refusal.Guard(() =>
        {
            Notebook.Load(result.GetValue(s_input)!).Save(result.GetValue(output)!, result.GetValue(trust));
            return ExitCodes.Kept;
        }));
        return command;
    }

    static Command New()
    {
        Argument<string> path = new("PATH") { Description = "A new .ipynb or .dib file." };
        Command command = new("new", "Create a notebook to start from.") { path };
        command.SetAction(result => Refusal.Guard(() =>
        {
            string file = result.GetValue(path)!;
            bool isDib = file.EndsWith(".dib", StringComparison.OrdinalIgnoreCase);
            if (!isDib && !file.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"PATH is {file}; allowed: a name that ends in .ipynb or .dib.");
            }
            if (File.Exists(file)) { throw new IOException($"{file} already exists."); }
            Dib.Read("""
                #!markdown
                # What this notebook shows

                **Question:** What does a fresh `nn.Linear` start from?

                `torchinit` and the package of the next cell come from the repository's `scripts/install.sh`.
                In a project: `dotnet add package TorchInit`; in a single file: `#:package TorchInit@0.1.0` and `dotnet run file.cs`.

                #!csharp
                // If NuGet does not know the feed, name it in a line before: #i "nuget:/path/to/artifacts/feed"
                #r "nuget: InitNotebooks"
                using TorchInit;
                using InitNotebooks;

                #!csharp
                float[] weight = Modules.Linear(512, 256).Materialize(seed: 0)["weight"].AsSpan<float>().ToArray();
                Plot.Histogram(weight, bins: 64, density: Density.Uniform(-1 / Math.Sqrt(512), 1 / Math.Sqrt(512)))
                """.Replace("@0.1.0", $"@{typeof(InitPlan).Assembly.GetName().Version!.ToString(3)}", StringComparison.Ordinal)).Save(file);
            string shown = PlainText.Of(file);
            string others = isDib ? "VS Code opens it." : "Jupyter and VS Code open it.";
            AnsiConsole.MarkupLineInterpolated($"Wrote {shown}. To run it: torchinit notebook run {shown}. {others}");
            return ExitCodes.Kept;
        }));
        return command;
    }

    /// <summary>How many cells ran, and how many only show recorded output, which was not checked here.</summary>
    static string Counts(NotebookRun run)
        => $"{run.Passed} {(run.Passed == 1 ? "cell" : "cells")} passed{(run.Recorded > 0 ? $", {run.Recorded} recorded" : "")}";

    static NotebookRun RunWithProgress(Notebook notebook, string path)
    {
        string name = Markup.Escape(PlainText.Of(Path.GetFileName(path)));
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        // The cells' console output is captured while they run; the bar keeps the original console.
        return Consoles.Watch().Status().Start(name, status =>
            NotebookRunner.Run(notebook, folder, [JupyterClient.Kind, PythonNetKernel.Kind], (cell, count) =>
            {
                SupervisedRun.Starting(notebook, cell);
                status.Status($"{name}: cell {cell} of {count}");
            }, PythonNetKernel.IsLack));
    }
}
