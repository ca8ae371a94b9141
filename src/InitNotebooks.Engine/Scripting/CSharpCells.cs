using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;

namespace InitNotebooks.Engine;

/// <summary>C# cells as one growing program: later cells see what a cell declares.</summary>
sealed class CSharpCells
{
    static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview, kind: SourceCodeKind.Script);

    const int MostTyped = 1 << 16;       // a console asks while the user types: the parser takes minutes for some larger texts

    readonly ReferenceLines _lines;
    readonly string _directory;
    int _count;
    int _turn;

    /// <param name="directory">Relative paths start here.</param>
    /// <param name="common">The names of the assemblies that cells have in common with this program.</param>
    public CSharpCells(string directory, IReadOnlyList<string> common)
    {
        _directory = directory;
        References = new(OwnAssemblies.Surface, directory, common);
        _lines = new(References);
        Options = ScriptOptions.Default.WithLanguageVersion(LanguageVersion.Preview).WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8).WithReferences(References.All)
            // .NET Interactive's
            .WithImports("System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks",
                "System.Linq");
        References.Added += reference => Options = Options.AddReferences(reference);
        Run("using static Microsoft.DotNet.Interactive.Kernel; using Microsoft.DotNet.Interactive; using "
            + "Microsoft.DotNet.Interactive.Formatting;", CancellationToken.None);
        _count = 0;
    }

    public AssemblyReferences References { get; }

    public ScriptOptions Options { get; private set; }

    public Script? Script { get; private set; }

    public ScriptState? State { get; private set; }

    /// <summary>Package folders whose extension.dib has not run yet.</summary>
    public IReadOnlyList<string> TakeNewPackages() => _lines.TakeNewPackages();

    /// <summary>The extension assemblies of a package that can be loaded.</summary>
    public IEnumerable<string> ExtensionsOf(string folder) => _lines.CanLoadExtensions ? ExtensionPackages.Assemblies(folder) : [];

    /// <summary>The latest value of each variable.</summary>
    public IEnumerable<ScriptVariable> Variables => State?.Variables.GroupBy(variable => variable.Name).Select(group => group.Last()) ?? [];

    public CellResult Run(string code, CancellationToken interrupt)
    {
        Script script;
        if (Nesting.IsTooDeep(code)) { return CellResult.Failed("CompilationError", Nesting.Refusal); }
        try
        {
            code = _lines.Take(code, interrupt);
            Options = Options.WithFilePath($"cell{++_count}");
            // If the guarded text does not compile, the plain one gives the right columns.
            script = Continue(code, guarded: true);
            if (Fails(script, interrupt)) { script = Continue(code, guarded: false); }
            if (Fails(script, interrupt)) { return new(Error: CellErrors.Of(script.Compile(interrupt))); }
            Warn(script, code, interrupt);
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
        if (value is not null) { References.See(value.GetType()); }
        Declare(name, $"{type} {name} = default;");
        ScriptVariable variable = State!.GetVariable(name)!;
        if (value is not null && !variable.Type.IsInstanceOfType(value))
        {
            string theirs = value.GetType().Assembly.Location, ours = variable.Type.Assembly.Location;
            throw new MagicException($"'{name}' is a {type} of {theirs}, and C# cells reference another build of it, {ours}: reference "
                + "the first file, and restart the kernel.");
        }
        variable.Value = value;
    }

    /// <summary>Gives the value of a variable a second name; it stays the same object, of the same type.</summary>
    public void CopyVariable(string from, string to) => Declare(to, $"var {to} = {from};");

    /// <summary>
    /// <c>complete</c>, <c>incomplete</c> with the indentation of the next line, <c>invalid</c>, or <c>unknown</c> for a text too long
    /// to have been typed.
    /// </summary>
    public static (string Status, string Indent) Completeness(string code)
    {
        if (code.Length > MostTyped) { return ("unknown", ""); }
        if (Nesting.IsTooDeep(code)) { return ("invalid", ""); }
        SyntaxTree tree = SyntaxFactory.ParseSyntaxTree(code, s_parse);
        if (!SyntaxFactory.IsCompleteSubmission(tree)) { return ("incomplete", code.TrimEnd().EndsWith('{') ? "    " : ""); }
        // A missing semicolon ends a cell whose value is shown; #! lines are not C#.
        bool invalid = tree.GetDiagnostics()
            .Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id is not ("CS1002" or "CS1024" or "CS7010"));
        return (invalid ? "invalid" : "complete", "");
    }

    void Declare(string name, string code)
    {
        if (!SyntaxFacts.IsValidIdentifier(name)) { throw new MagicException($"name is '{name}'; allowed: a C# identifier."); }
        if (Run(code, CancellationToken.None).Error is { } error) { throw new MagicException(error.Message); }
    }

    static bool Fails(Script script, CancellationToken interrupt) => script.Compile(interrupt)
        .Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    Script<object> Continue(string code, bool guarded)
    {
        ScriptOptions options = Options.WithSourceResolver(new GuardedFiles(_directory, guarded ? s_parse : null));
        string text = guarded ? Guarded(code) : code;
        return Script is null ? CSharpScript.Create(text, options, null, References.Loader) : Script.ContinueWith(text, options);
    }

    string Guarded(string code)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, s_parse);
        if (!tree.GetRoot().DescendantNodes().Any(node => node is LambdaExpressionSyntax { ExpressionBody: not null }))
        {
            return GuardRewriter.Rewrite(tree, null);
        }
        Compilation compilation = Continue(code, guarded: false).GetCompilation();
        tree = compilation.SyntaxTrees.Single(each => each.GetText().ToString() == code);
        return GuardRewriter.Rewrite(tree, compilation.GetSemanticModel(tree));
    }

    /// <summary>Shows the compiler's warnings, in the columns of the original text.</summary>
    void Warn(Script script, string code, CancellationToken interrupt)
    {
        if (CellErrors.Warnings(script.Compile(interrupt)).Length == 0) { return; }
        string text = CellErrors.Warnings(Continue(code, guarded: false).Compile(interrupt));
        if (text.Length > 0) { CellScope.Current?.Output.Text("stderr", text); }
    }

    CellResult Execute(Script script, CancellationToken interrupt)
    {
        int turn = ++_turn;
        ScriptState? state = null;
        CellResult result = CellResult.Nothing;
        using (new InterruptScope(interrupt))
        {
            try
            {
                bool hasValue = HasValue(script);
                state = RunOnThisThread(script, interrupt);
                hasValue &= state.ReturnValue is not DisplayedValue;     // shown already, where it was displayed
                result = state.Exception is { } thrown ? new(Error: CellErrors.Of(thrown)) : hasValue ? Shown(state.ReturnValue, interrupt)
                    : result;
            }
            catch (Exception error)
            {
                result = new(Error: CellErrors.Of(error));       // shown to the notebook's reader
            }
        }
        // What was assigned before a throw stays visible, as in .NET Interactive. If a cell that was given up ends now, it is too late.
        if (state is not null && turn == _turn) { (State, Script) = (state, script); }
        return result.Error is not null && interrupt.IsCancellationRequested ? CellResult.Interrupted : result;
    }

    /// <summary>
    /// Showing a value runs its code, too, which may throw or loop; so it is done here, where that ends the cell and can be interrupted.
    /// </summary>
    static CellResult Shown(object? value, CancellationToken interrupt)
    {
        try
        {
            CellResult shown = new(value, HasValue: true) { Shown = MimeBundle.Of(value) };
            // formatters show a property's exception as its value
            return interrupt.IsCancellationRequested ? CellResult.Interrupted : shown;
        }
        catch (Exception error)
        {
            CellError shown = CellErrors.Of(error);
            return new(value, Error: shown with
            {
                Traceback = [$"While the value of type {value?.GetType()} was shown:",
                .. shown.Traceback]
            });
        }
    }

    ScriptState RunOnThisThread(Script script, CancellationToken interrupt)
    {
        SynchronizationContext? previous = SynchronizationContext.Current;
        CellPump pump = new();
        SynchronizationContext.SetSynchronizationContext(pump);
        try
        {
            Task<ScriptState> task = State is null ? script.RunAsync(null, _ => true, default)
                : script.RunFromAsync(State, _ => true, default);
            pump.RunUntil(task);
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
            pump.End(drop: interrupt.IsCancellationRequested);
        }
    }

    static bool HasValue(Script script)
    {
        SyntaxTree tree = script.GetCompilation().SyntaxTrees.Last();
        if (tree.GetRoot() is not CompilationUnitSyntax { Members: [.., GlobalStatementSyntax last] }) { return false; }
        if (last.Statement is ReturnStatementSyntax { Expression: not null }) { return true; }
        return last.Statement is ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement
            && script.GetCompilation().GetSemanticModel(tree)
                .GetTypeInfo(statement.Expression).Type is not { SpecialType: SpecialType.System_Void };
    }
}
