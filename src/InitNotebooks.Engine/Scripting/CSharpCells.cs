using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;

namespace InitNotebooks.Engine;

/// <summary>C# cells as one growing program: what a cell declares, the next one sees.</summary>
sealed class CSharpCells
{
    static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview, kind: SourceCodeKind.Script);

    readonly ReferenceLines _lines;
    int _count;

    public CSharpCells(string directory)
    {
        Assembly[] host = [typeof(Microsoft.DotNet.Interactive.Formatting.Formatter).Assembly, typeof(CSharpCells).Assembly, typeof(Microsoft.AspNetCore.Html.IHtmlContent).Assembly];
        References = new(host, directory);
        _lines = new(References);
        Options = ScriptOptions.Default.WithLanguageVersion(LanguageVersion.Preview).WithOptimizationLevel(OptimizationLevel.Release).WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8).WithReferences(References.All)
            .WithImports("System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq")   // .NET Interactive's
            .WithSourceResolver(new SourceFileResolver([], directory));
        References.Added += reference => Options = Options.AddReferences(reference);
        Run("using static Microsoft.DotNet.Interactive.Kernel; using Microsoft.DotNet.Interactive; using Microsoft.DotNet.Interactive.Formatting;", CancellationToken.None);
        _count = 0;
    }

    public AssemblyReferences References { get; }

    public ScriptOptions Options { get; private set; }

    public Script? Script { get; private set; }

    public ScriptState? State { get; private set; }

    /// <summary>Package folders whose extension.dib has not run yet.</summary>
    public IReadOnlyList<string> TakeNewPackages() => _lines.TakeNewPackages();

    /// <summary>The latest value of each variable.</summary>
    public IEnumerable<ScriptVariable> Variables => State?.Variables.GroupBy(variable => variable.Name).Select(group => group.Last()) ?? [];

    public CellResult Run(string code, CancellationToken interrupt)
    {
        Script script;
        try
        {
            code = _lines.Take(code);
            Options = Options.WithFilePath($"cell{++_count}");
            // Where the guarded text does not compile, the plain one gives the true columns.
            script = Continue(GuardRewriter.Rewrite(code, s_parse));
            if (Fails(script, interrupt)) { script = Continue(code); }
            if (Fails(script, interrupt)) { return new(Error: CellErrors.Of(script.Compile(interrupt))); }
        }
        catch (OperationCanceledException)
        {
            return CellResult.Interrupted;
        }
        catch (ReferenceException error)
        {
            return CellResult.Failed("ReferenceError", error.Message);
        }
        return Execute(script, interrupt);
    }

    /// <summary>Declares a variable of a type and gives it a value.</summary>
    public void SetVariable(string name, string type, object? value)
    {
        if (!SyntaxFacts.IsValidIdentifier(name)) { throw new MagicException($"name is '{name}'; allowed: a C# identifier."); }
        if (Run($"{type} {name} = default;", CancellationToken.None).Error is { } error) { throw new MagicException(error.Message); }
        State!.GetVariable(name)!.Value = value;
    }

    /// <summary><c>complete</c>, <c>incomplete</c> with the indentation of the next line, or <c>invalid</c>.</summary>
    public static (string Status, string Indent) Completeness(string code)
    {
        SyntaxTree tree = SyntaxFactory.ParseSyntaxTree(code, s_parse);
        if (!SyntaxFactory.IsCompleteSubmission(tree)) { return ("incomplete", code.TrimEnd().EndsWith('{') ? "    " : ""); }
        // A missing semicolon ends a cell whose value is shown; #! lines are not C#.
        bool invalid = tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id is not ("CS1002" or "CS1024" or "CS7010"));
        return (invalid ? "invalid" : "complete", "");
    }

    static bool Fails(Script script, CancellationToken interrupt) => script.Compile(interrupt).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    Script<object> Continue(string code) => Script is null ? CSharpScript.Create(code, Options, null, References.Loader) : Script.ContinueWith(code, Options);

    CellResult Execute(Script script, CancellationToken interrupt)
    {
        ScriptState? state = null;
        Exception? error = null;
        Thread thread = Thread.CurrentThread;
        CellScope? cell = CellScope.Current;
        using (interrupt.Register(() =>
        {
            Guard.Interrupt(cell);
            thread.Interrupt();
        }))
        {
            try { state = RunOnThisThread(script); }
            catch (Exception thrown) { error = thrown; }     // the notebook's reader gets it
            finally
            {
                if (interrupt.IsCancellationRequested) { TakeBackInterrupt(); }
            }
        }
        error ??= state?.Exception;
        // What was assigned before a throw stays visible, as in .NET Interactive.
        if (state is not null) { (State, Script) = (state, script); }
        if (error is not null) { return interrupt.IsCancellationRequested ? CellResult.Interrupted : new(Error: CellErrors.Of(error)); }
        return new(state!.ReturnValue, HasValue(script));
    }

    ScriptState RunOnThisThread(Script script)
    {
        SynchronizationContext? previous = SynchronizationContext.Current;
        using CellPump pump = new();
        SynchronizationContext.SetSynchronizationContext(pump);
        try
        {
            Task<ScriptState> task = State is null ? script.RunAsync(null, _ => true, default) : script.RunFromAsync(State, _ => true, default);
            pump.RunUntil(task);
            return task.GetAwaiter().GetResult();
        }
        finally { SynchronizationContext.SetSynchronizationContext(previous); }
    }

    /// <summary>A thread that was interrupted while it did not wait would throw at its next wait.</summary>
    static void TakeBackInterrupt()
    {
        Guard.Interrupt(null);
        try
        {
            Thread.Sleep(0);
        }
        catch (ThreadInterruptedException)
        {
            // That was it.
        }
    }

    static bool HasValue(Script script)
    {
        SyntaxTree tree = script.GetCompilation().SyntaxTrees.Last();
        if (tree.GetRoot() is not CompilationUnitSyntax { Members: [.., GlobalStatementSyntax last] }) { return false; }
        if (last.Statement is ReturnStatementSyntax { Expression: not null }) { return true; }
        return last.Statement is ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement
            && script.GetCompilation().GetSemanticModel(tree).GetTypeInfo(statement.Expression).Type is not { SpecialType: SpecialType.System_Void };
    }
}
