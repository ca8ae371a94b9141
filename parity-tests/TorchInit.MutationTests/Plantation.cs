using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TorchInit.MutationTests;

/// <summary>A copy of the repository with every change of a folder planted. What does not compile is taken out, until all does.</summary>
sealed partial class Plantation(string root, string folder)
{
    readonly HashSet<int> _without = [];
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
        (int line, int column) = (Number(match.Groups[2]) - 1, Number(match.Groups[3]) - 1);
        SyntaxNode node = tree.GetRoot().FindToken(tree.GetText().Lines.GetPosition(new LinePosition(line, column))).Parent!;
        SyntaxNode? changed = isWhole ? null : node.AncestorsAndSelf().FirstOrDefault(at => Id(at) is not null);
        for (SyntaxNode? rest = changed; rest is ConditionalExpressionSyntax three; rest = Bare(three.WhenFalse))
        {
            if (Id(three) is { } id) { _without.Add(id); }
        }
        if (changed is not null) { _without.Add(Id(changed)!.Value); return; }
        SyntaxNode blamed = node.AncestorsAndSelf().First(at => at is MemberDeclarationSyntax || !isWhole && at is StatementSyntax);
        _without.UnionWith(blamed.DescendantNodes().Select(Id).OfType<int>());
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
            ? int.Parse(call.ArgumentList.Arguments[0].ToString(), CultureInfo.InvariantCulture)
            : null;
    }

    static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(.+\.cs)\((\d+),(\d+)\): error ")]
    static partial Regex Error { get; }
}
