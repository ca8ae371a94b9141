using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.QuickInfo;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace InitNotebooks.Engine;

/// <summary>Answers an editor while a cell is written: a workspace whose chain of projects is the chain of cells.</summary>
sealed class LanguageService : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    readonly CSharpCells _cells;
    readonly Lazy<AdhocWorkspace> _workspace = new(() => new AdhocWorkspace(MefHostServices.DefaultHost));
    readonly Dictionary<Script, ProjectId> _projects = [];
    readonly SemaphoreSlim _turn = new(1);       // a front end may ask again before the answer

    readonly DirectiveCompletion _directives;

    readonly Func<string, int, (IOtherKernel? Kernel, string Code, int Start)?> _otherPart;

    internal LanguageService(CSharpCells cells, DirectiveCompletion directives, Func<string, int, (IOtherKernel?, string, int)?> otherPart)
        => (_cells, _directives, _otherPart) = (cells, directives, otherPart);

    /// <summary>The names that fit at the cursor, best first.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="cursor">In code points.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <returns>The names with their kinds, and the span of code points that they replace.</returns>
    public async Task<Completions> CompleteAsync(string code, int cursor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        int position = CodePoints.ToUtf16(code, cursor);
        if (_directives.Complete(code, position) is { } directive)
        {
            return new(directive.Items, CodePoints.Of(code, directive.Start), CodePoints.Of(code, position));
        }
        if (_otherPart(code, position) is { } part)
        {
            (IReadOnlyList<string> names, int begin) = await AnswerOf(() => part.Kernel?.Complete(part.Code, position - part.Start),
                cancellation).ConfigureAwait(false) ?? ([], position - part.Start);
            return new([.. names.Select(name => (name, ""))], CodePoints.Of(code, begin + part.Start), CodePoints.Of(code, position));
        }
        if (Nesting.IsTooDeep(code)) { return new([], cursor, cursor); }
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        Document? document = null;
        try
        {
            document = Open(code);
            CompletionList? list = CompletionService.GetService(document) is { } service
                ? await service.GetCompletionsAsync(document, position, cancellationToken: cancellation).ConfigureAwait(false) : null;
            int start = position;
            while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] == '_')) { start--; }
            string prefix = code[start..position];
            IEnumerable<(string, string)> items = (list?.ItemsList ?? [])
                .Where(item => item.FilterText.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(item => item.FilterText.StartsWith(prefix, StringComparison.Ordinal))
                    .ThenBy(item => item.SortText, StringComparer.Ordinal)
                .Select(item => (item.DisplayText, item.Tags.FirstOrDefault()?.ToLowerInvariant() ?? ""))
                    .DistinctBy(item => item.DisplayText);
            return new([.. items], CodePoints.Of(code, start), CodePoints.Of(code, position));
        }
        finally
        {
            Close(document);
            _turn.Release();
        }
    }

    /// <summary>Signature and documentation of the name at the cursor, or of the function whose arguments are being written; null if
    /// there is none.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="cursor">In code points.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public async Task<string?> InspectAsync(string code, int cursor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        int place = CodePoints.ToUtf16(code, cursor);
        if (_otherPart(code, place) is { } part)
        {
            return await AnswerOf(() => part.Kernel?.Inspect(part.Code, place - part.Start), cancellation).ConfigureAwait(false);
        }
        if (Nesting.IsTooDeep(code)) { return null; }
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        Document? document = null;
        try
        {
            document = Open(code);
            if (QuickInfoService.GetService(document) is not { } service) { return null; }
            int position = CodePoints.ToUtf16(code, cursor);
            QuickInfoItem? item = await service.GetQuickInfoAsync(document, position, cancellation).ConfigureAwait(false);
            if (item is null && FunctionBefore(code, position) is { } function)
            {
                item = await service.GetQuickInfoAsync(document, function, cancellation).ConfigureAwait(false);
            }
            return item is null ? null : string.Join('\n', item.Sections.Select(section => section.Text));
        }
        finally
        {
            Close(document);
            _turn.Release();
        }
    }

    /// <summary><c>complete</c>, <c>incomplete</c> with the next line's indentation, <c>invalid</c>, or <c>unknown</c> for another
    /// language.</summary>
    /// <param name="code">The cell.</param>
    public static (string Status, string Indent) Completeness(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        bool isOther = code.Split('\n').Any(line => MagicLine.Parse(line.TrimEnd()) is { } magic && !Magics.Names.Contains(magic.Name));
        return isOther ? ("unknown", "") : CSharpCells.Completeness(code);
    }

    /// <summary>Closes the workspace.</summary>
    public void Dispose()
    {
        _turn.Dispose();
        if (_workspace.IsValueCreated) { _workspace.Value.Dispose(); }
    }

    /// <summary>What another kernel answers; nothing when it is busy for longer than a person waits. Roslyn always ends, and has no
    /// limit.</summary>
    static async Task<T?> AnswerOf<T>(Func<T?> ask, CancellationToken cancellation)
    {
        Task<T?> answer = Task.Run(ask, cancellation);
        try { return await answer.WaitAsync(s_patience, cancellation).ConfigureAwait(false); }
        catch (TimeoutException) when (!answer.IsCompleted) { return default; }
    }

    /// <summary>The last letter of the name before the parenthesis open at the cursor.</summary>
    static int? FunctionBefore(string code, int position)
    {
        int open = 0;
        for (int at = Math.Min(position, code.Length) - 1; at > 0; at--)
        {
            if (code[at] == ')') { open++; }
            else if (code[at] == '(' && --open < 0) { return char.IsLetterOrDigit(code[at - 1]) ? at - 1 : null; }
        }
        return null;
    }

    Document Open(string code)
    {
        Stack<Script> missing = new();
        for (Script? script = _cells.Script; script is not null && !_projects.ContainsKey(script); script = script.Previous)
        {
            missing.Push(script);
        }
        while (missing.TryPop(out Script? script)) { _projects[script] = Add(script.Code, Previous(script), script.Options).ProjectId; }
        DocumentId document = Add(code, _cells.Script is { } last ? _projects[last] : null, _cells.Options);
        return _workspace.Value.CurrentSolution.GetDocument(document)!;
    }

    ProjectId? Previous(Script script) => script.Previous is { } previous ? _projects[previous] : null;

    void Close(Document? document)
    {
        if (document is not null) { _workspace.Value.TryApplyChanges(_workspace.Value.CurrentSolution.RemoveProject(document.Project.Id)); }
    }

    DocumentId Add(string code, ProjectId? previous, ScriptOptions options)
    {
        ProjectId project = ProjectId.CreateNewId();
        string name = $"Cell{Guid.NewGuid():N}";
        CSharpCompilationOptions compilation = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary).WithUsings(options.Imports)
            .WithScriptClassName(name);
        DocumentInfo document = DocumentInfo.Create(DocumentId.CreateNewId(project), $"{name}.csx", sourceCodeKind: SourceCodeKind.Script,
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(code), VersionStamp.Create())));
        ProjectInfo info = ProjectInfo.Create(project, VersionStamp.Create(), name, name, LanguageNames.CSharp, isSubmission: true,
            compilationOptions: compilation,
            parseOptions: new CSharpParseOptions(LanguageVersion.Preview, kind: SourceCodeKind.Script),
                metadataReferences: options.MetadataReferences,
            projectReferences: previous is null ? [] : [new ProjectReference(previous)]);
        _workspace.Value.TryApplyChanges(_workspace.Value.CurrentSolution.AddProject(info).AddDocument(document));
        return document.Id;
    }
}

/// <summary>The names that fit at a cursor.</summary>
/// <param name="Items">Text and kind, best first.</param>
/// <param name="Start">The first code point that they replace.</param>
/// <param name="End">The cursor.</param>
public sealed record Completions(IReadOnlyList<(string Text, string Kind)> Items, int Start, int End);
