using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>The state behind a notebook: C# and the kernels it connected. One cell runs at a time.</summary>
public sealed partial class NotebookSession : INotebookEngine
{
    readonly Magics _magics;
    readonly string _directory;

    /// <summary>Creates an empty session.</summary>
    /// <param name="directory">Relative paths in <c>#r</c>, <c>#load</c> and <c>#!import</c> start here.</param>
    /// <param name="kinds">The kinds of kernel that <c>#!connect</c> offers; if there are none, it is refused.</param>
    public NotebookSession(string directory, params IReadOnlyList<KernelKind> kinds)
    {
        (_directory, Kinds, _magics) = (Path.GetFullPath(directory), kinds, new(this));
        StrayExceptions.Take();
        CSharp = new(_directory, [.. kinds.SelectMany(kind => kind.Common).Distinct()]);
        Language = new(CSharp, new(this, _directory), OtherPartAt);
    }

    internal LanguageService Language { get; }

    internal CSharpCells CSharp { get; }

    /// <inheritdoc/>
    public CellResult Run(string code, ICellOutput output, CancellationToken interrupt = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        CellScope scope = new(output);
        scope.Enter();
        Stopwatch watch = Stopwatch.StartNew();
        CellResult result = CellResult.Nothing;
        bool timed = false;
        try
        {
            foreach (CellPart part in CellPart.Split(code, IsLanguage))
            {
                timed |= part.Text.Split('\n').Any(line => MagicLine.Parse(line)?.Name == "time");
                result = Run(part, output, interrupt);
                if (result.Error is not null) { break; }
            }
        }
        catch (MagicException error)
        {
            result = CellResult.Failed("MagicError", error.Message);
        }
        catch (Exception error) when (error is not (OperationCanceledException or ThreadInterruptedException))
        {
            result = new(Error: CellErrors.Of(error));      // of a kernel, a package or a file: it ends the cell, not the process
        }
        if (timed)
        {
            output.Display(new()
            {
                [MimeBundle.PlainText] = string.Create(CultureInfo.InvariantCulture,
                $"Wall time: {watch.Elapsed.TotalMilliseconds:F1} ms")
            }, Guid.NewGuid().ToString(), update: false);
        }
        return scope.Judge(result);
    }

    /// <inheritdoc/>
    public Task<Completions> CompleteAsync(string code, int cursor, CancellationToken cancellation = default)
        => Language.CompleteAsync(code, cursor, cancellation);

    /// <inheritdoc/>
    public Task<string?> InspectAsync(string code, int cursor, CancellationToken cancellation = default)
        => Language.InspectAsync(code, cursor, cancellation);

    /// <inheritdoc/>
    public (string Status, string Indent) Completeness(string code) => LanguageService.Completeness(code);

    /// <summary>Ends the connected kernels.</summary>
    public void Dispose()
    {
        foreach ((_, IOtherKernel kernel) in _kernels.Values) { kernel.Dispose(); }
        _kernels.Clear();
        Language.Dispose();
        CSharp.References.Dispose();
    }

    /// <summary>Runs the code cells of another notebook, or a C# file.</summary>
    internal void Import(string path, ICellOutput output, CancellationToken interrupt)
    {
        string full = Path.GetFullPath(path, _directory);
        if (!File.Exists(full)) { throw new MagicException($"#!import {path}: there is no file {full}."); }
        IEnumerable<string> cells = Path.GetExtension(full) is ".ipynb" or ".dib" ? Notebook.Load(full).Cells.Where(cell => cell.IsCode)
            .Select(cell => cell.CodeToRun) : [File.ReadAllText(full)];
        foreach (string cell in cells)
        {
            if (Run(cell, output, interrupt).Error is { } error) { throw new MagicException($"#!import {path}: {error.Message}"); }
        }
    }

    CellResult Run(CellPart part, ICellOutput output, CancellationToken interrupt)
    {
        ConsoleCapture.FlushCurrent();      // what the part before has written comes first, native code's text, too
        switch (part.Language)
        {
            case "html" or "markdown":
                output.Display(new() { [$"text/{part.Language}"] = part.Text.Trim('\n') }, Guid.NewGuid().ToString(), update: false);
                return CellResult.Nothing;
            case "value":
                Keep(part.Switch!, part.Text.Trim('\n'));
                return CellResult.Nothing;
        }
        string code = _magics.Take(part, output, interrupt);
        if (code.Trim().Length == 0) { return CellResult.Nothing; }
        if (part.Language != "csharp") { return RunOther(part.Language, code, output, interrupt); }
        CellResult result = CSharp.Run(code, interrupt);
        RunExtensions(output, interrupt);
        return result;
    }

    /// <summary>Runs what a package brings for notebooks: assemblies first, then the script, as .NET Interactive does.</summary>
    void RunExtensions(ICellOutput output, CancellationToken interrupt)
    {
        CellScope? cell = CellScope.Current;
        foreach (string folder in CSharp.TakeNewPackages())
        {
            using (new InterruptScope(interrupt))
            {
                foreach (string file in CSharp.ExtensionsOf(folder)) { ExtensionPackages.Load(file, RunForExtension, output); }
            }
            if (File.Exists(ExtensionPackages.Script(folder))) { Import(ExtensionPackages.Script(folder), output, interrupt); }
        }

        string? RunForExtension(string code)
        {
            cell?.Enter();       // it may be called on another thread
            return CSharp.Run(code, interrupt).Error?.Message;
        }
    }
}
