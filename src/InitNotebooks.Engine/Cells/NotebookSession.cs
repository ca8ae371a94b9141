using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>The state behind a notebook: C# and the kernels it connected. One cell runs at a time.</summary>
public sealed class NotebookSession : IDisposable
{
    readonly Func<string, IOtherKernel>? _connect;
    readonly Func<IEnumerable<string>>? _kernelSpecs;
    readonly Dictionary<string, IOtherKernel> _kernels = new(StringComparer.OrdinalIgnoreCase);
    readonly Magics _magics;
    readonly string _directory;

    /// <summary>An empty session.</summary>
    /// <param name="directory">Relative files of <c>#r</c>, <c>#load</c> and <c>#!import</c> are found from here.</param>
    /// <param name="connect">Starts a Jupyter kernel of a kernelspec; null where <c>#!connect</c> is refused.</param>
    /// <param name="kernelSpecs">Names for <c>--kernel-spec</c>, for completion.</param>
    public NotebookSession(string directory, Func<string, IOtherKernel>? connect = null, Func<IEnumerable<string>>? kernelSpecs = null)
    {
        (_directory, _connect, _kernelSpecs, _magics) = (Path.GetFullPath(directory), connect, kernelSpecs, new(this));
        StrayExceptions.Take();
        CSharp = new(_directory);
        Language = new(CSharp, new(this, _directory));
    }

    /// <summary>Completion, hover and completeness for the next cell.</summary>
    public LanguageService Language { get; }

    internal CSharpCells CSharp { get; }

    internal IReadOnlyDictionary<string, IOtherKernel> Kernels => _kernels;

    internal IEnumerable<string> KernelSpecs => _kernelSpecs?.Invoke() ?? [];

    /// <summary>Runs a cell.</summary>
    /// <param name="code">C#, <c>#!</c> lines and other languages.</param>
    /// <param name="output">Receives what it writes and shows.</param>
    /// <param name="interrupt">Stops it: loops, sleeps and awaits end, and the result is KeyboardInterrupt.</param>
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
            foreach (CellPart part in CellPart.Split(code, name => name is "csharp" or "c#" or "html" or "markdown" or "value" || _kernels.ContainsKey(name)))
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
        if (timed) { output.Display(new() { [MimeBundle.PlainText] = string.Create(CultureInfo.InvariantCulture, $"Wall time: {watch.Elapsed.TotalMilliseconds:F1} ms") }, Guid.NewGuid().ToString(), update: false); }
        return scope.Judge(result);
    }

    /// <summary>Ends the connected kernels.</summary>
    public void Dispose()
    {
        foreach (IOtherKernel kernel in _kernels.Values) { kernel.Dispose(); }
        _kernels.Clear();
        Language.Dispose();
    }

    internal IOtherKernel Kernel(string name) => _kernels.GetValueOrDefault(name) ?? throw new MagicException($"No kernel is called '{name}'; there are: {string.Join(", ", _kernels.Keys.Prepend("csharp"))}.");

    internal void Connect(string name, string spec)
    {
        if (_connect is null) { throw new MagicException("#!connect jupyter is not available here."); }
        if (Magics.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) { throw new MagicException($"--kernel-name {name} is taken; allowed: another name."); }
        if (_kernels.Remove(name, out IOtherKernel? old)) { old.Dispose(); }
        _kernels[name] = _connect(spec);
    }

    /// <summary>Runs the code cells of another notebook, or a C# file.</summary>
    internal void Import(string path, ICellOutput output, CancellationToken interrupt)
    {
        string full = Path.GetFullPath(path, _directory);
        if (!File.Exists(full)) { throw new MagicException($"#!import {path}: there is no file {full}."); }
        IEnumerable<string> cells = Path.GetExtension(full) is ".ipynb" or ".dib" ? Notebook.Load(full).Cells.Where(cell => cell.IsCode).Select(cell => cell.CodeToRun) : [File.ReadAllText(full)];
        foreach (string cell in cells)
        {
            if (Run(cell, output, interrupt).Error is { } error) { throw new MagicException($"#!import {path}: {error.Message}"); }
        }
    }

    CellResult Run(CellPart part, ICellOutput output, CancellationToken interrupt)
    {
        switch (part.Language)
        {
            case "html" or "markdown":
                output.Display(new() { [$"text/{part.Language}"] = part.Text.Trim('\n') }, Guid.NewGuid().ToString(), update: false);
                return CellResult.Nothing;
            case "value":
                CSharp.SetVariable(part.Switch!.Option("name"), "string", part.Text.Trim('\n'));
                return CellResult.Nothing;
        }
        string code = _magics.Take(part, output, interrupt);
        if (code.Trim().Length == 0) { return CellResult.Nothing; }
        if (part.Language != "csharp")
        {
            using InterruptScope scope = new(interrupt);
            return Kernel(part.Language).Run(code.Trim('\n'), output, interrupt);
        }
        CellResult result = CSharp.Run(code, interrupt);
        RunExtensions(output, interrupt);
        return result;
    }

    /// <summary>What a package brings along for notebooks: assemblies first, then the script, as .NET Interactive does.</summary>
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
            cell?.Enter();       // it may come on another thread
            return CSharp.Run(code, interrupt).Error?.Message;
        }
    }
}
