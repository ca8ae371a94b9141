using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TorchInit.MutationTests;

/// <summary>A copy of the repository with every change of a folder planted. What does not compile is taken out, until all does.</summary>
/// <param name="without">Changes that are known not to compile.</param>
sealed partial class Plantation(string root, string folder, IEnumerable<int> without)
{
    readonly HashSet<int> _without = [.. without];
    readonly string[] _files =
    [
        .. Directory.GetFiles(Path.Combine(root, "src/TorchInit", folder), "*.cs", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal),
    ];

    readonly Dictionary<string, string> _sources = [];

    public IReadOnlyDictionary<string, string> Sources => _sources;

    public IReadOnlyList<Mutant> Plant()
    {
        foreach (string file in _files) { _sources[file] = File.ReadAllText(file); }
        while (true)
        {
            List<Mutant> planted = Write();
            string[] errors = Build();
            int before = _without.Count;
            foreach (string error in errors) { Remove(error, isWhole: false); }
            if (errors.Length > 0 && _without.Count == before)
            {
                // A variable that only a planted statement assigns.
                foreach (string error in errors) { Remove(error, isWhole: true); }
            }
            Console.Error.WriteLine($"{folder}: {planted.Count} changes, {_without.Count} do not compile, {errors.Length} errors");
            if (errors.Length == 0) { return planted; }
            if (_without.Count == before)
            {
                throw new InvalidOperationException("No change explains these errors:\n" + string.Join('\n', errors.Take(5)));
            }
        }
    }

    List<Mutant> Write()
    {
        List<Mutant> planted = [];
        foreach (string file in _files)
        {
            Planter planter = new(file, planted.Count, _without);
            File.WriteAllText(file, planter.Visit(CSharpSyntaxTree.ParseText(_sources[file]).GetRoot())!.ToFullString());
            planted.AddRange(planter.Planted);
        }
        File.WriteAllText(Path.Combine(root, "src/TorchInit/MutationSwitch.cs"), $$"""
            namespace TorchInit;

            static class MutationSwitch
            {
                internal static readonly bool[] Reached = new bool[{{planted.Count}}];
                internal static int Active = int.Parse(System.Environment.GetEnvironmentVariable("TORCHINIT_MUTANT") ?? "-1");

                internal static bool Is(int id)
                {
                    if (!Reached[id]) { Reached[id] = true; }
                    return Active == id;
                }
            }
            """);
        return planted;
    }

    string[] Build()
    {
        string project = Path.Combine(root, "parity-tests/TorchInit.MutationTests");
        ProcessStartInfo start = new("dotnet", ["build", "-c", "Release", "-v", "q", "-nologo", "-clp:NoSummary",
            "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false", "-p:WarningLevel=0", project])
        { RedirectStandardOutput = true };
        using Process build = Process.Start(start)!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        string[] errors = [.. output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct()];
        return build.ExitCode == 0 || errors.Length > 0 ? errors : throw new InvalidOperationException(output);
    }

    /// <summary>Takes out the change in which an error stands, or all those of its statement or of the whole member.</summary>
    void Remove(string error, bool isWhole)
    {
        if (Error.Match(error) is not { Success: true } match || !_files.Contains(match.Groups[1].Value)) { return; }
        SyntaxTree tree = CSharpSyntaxTree.ParseText(File.ReadAllText(match.Groups[1].Value));
        (int line, int column) = (Worker.Number(match.Groups[2].Value) - 1, Worker.Number(match.Groups[3].Value) - 1);
        SyntaxNode node = tree.GetRoot().FindToken(tree.GetText().Lines.GetPosition(new LinePosition(line, column))).Parent!;
        SyntaxNode? changed = isWhole ? null : node.AncestorsAndSelf().FirstOrDefault(at => Id(at) is not null);
        IEnumerable<SyntaxNode> taken = changed is not null
            ? Alternatives(changed)
            : node.AncestorsAndSelf().First(at => at is MemberDeclarationSyntax || !isWhole && at is StatementSyntax).DescendantNodes();
        _without.UnionWith(taken.Select(Id).OfType<int>());
    }

    /// <summary>A change, and those of the same expression that follow it: an error of their type stands at the first.</summary>
    static IEnumerable<SyntaxNode> Alternatives(SyntaxNode first)
    {
        yield return first;
        while (first is ConditionalExpressionSyntax three) { yield return first = Bare(three.WhenFalse); }
    }

    static SyntaxNode Bare(ExpressionSyntax node) => node is ParenthesizedExpressionSyntax bracket ? Bare(bracket.Expression) : node;

    static int? Id(SyntaxNode node)
    {
        ExpressionSyntax? test = node switch
        {
            ConditionalExpressionSyntax three => three.Condition,
            IfStatementSyntax branch => branch.Condition,
            _ => null,
        };
        if (test is PrefixUnaryExpressionSyntax not) { test = not.Operand; }
        return test is InvocationExpressionSyntax call && call.Expression.ToString() == Planter.Switch
            ? Worker.Number(call.ArgumentList.Arguments[0].ToString())
            : null;
    }

    [GeneratedRegex(@"^(.+\.cs)\((\d+),(\d+)\): error ")]
    static partial Regex Error { get; }
}
