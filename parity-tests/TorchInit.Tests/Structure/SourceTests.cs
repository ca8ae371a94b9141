using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TorchInit.Tests.Structure;

/// <summary>Rules by which a newcomer finds where a bit is made, and finds it finished.</summary>
public partial class SourceTests
{
    const int MostColumns = 140;
    const int ShortText = 50;          // could stand on a line of its own
    const int MostLines = 350;
    const string Oracle = "src/TorchInit.Oracle/torch_oracle.py";
    const string Recorder = "src/TorchInit.Oracle/record_init.py";    // draws nothing of its own: it watches a model being made
    const string Library = "scripts/record_plans.py";                 // asks the recorder for many models, and for their versions
    const string Models = "parity-tests/TorchInit.ParityTests/Plans/";    // what it watches in the tests
    const string CellValues = "src/TorchInit.Oracle.PythonNet/Cells/python_values.py";    // a tensor that a cell gets is torch's
    const string PrintRecorder = "parity-tests/golden/printing/record.py";    // what it records is how torch prints, not what it draws

    const string Conversions = "parity-tests/golden/conversions/record.py";    // records what .to(dtype) makes of given numbers

    const string Epochs = "parity-tests/TorchInit.ParityTests/Cases/loader_epochs.py";    // needs worker processes of a loader

    // What it runs are the texts beside it, which are the repository's own.
    const string CorpusRecorder = "parity-tests/golden/spelling/record.py";

    static IReadOnlyList<string> Code => Repository.Files("", ".cs", ".py", ".sh", ".ps1");

    [Fact]
    public void Vector_code_is_in_Kernels_only()
        => Violations.None("Inside TorchInit only Kernels is vectorised", Repository.Lines(
            Repository.Files("src/TorchInit", ".cs", ".csproj")
                .Where(file => !file.StartsWith("src/TorchInit/Kernels/", StringComparison.Ordinal)),
            VectorCode().IsMatch));

    [Fact]
    public void Only_the_oracle_imports_torch()
        => Violations.None("torch_oracle.py is the only Python that touches torch", Repository.Lines(
            Repository.Files("", ".py").Concat(Repository.Files("src", ".cs"))
                .Except([Oracle, Recorder, Library, CellValues, PrintRecorder, CorpusRecorder, Conversions, Epochs])
                .Where(file => !file.StartsWith(Models, StringComparison.Ordinal)),
            ImportsTorch().IsMatch));

    [Fact]
    public void Files_are_short()
        => Violations.None($"A file has at most {MostLines} lines",
            from file in Code
            where file is not (Oracle or Recorder)          // one file, so that every transport runs the same, and people can take it along
            let lines = Repository.Read(file).Count(letter => letter == '\n')
            where lines > MostLines
            select $"{file}: {lines}");

    /// <summary>What <c>dotnet format</c> asks and neither the compiler nor <c>dotnet format whitespace</c> does.</summary>
    [Fact]
    public void Imports_are_sorted()
        => Violations.None("Imports are sorted, those of System first",
            from file in Repository.Files("", ".cs")
            let imports = Repository.Read(file).Split('\n').Select(line => ImportedName().Match(line)).Where(match => match.Success)
                .Select(match => match.Groups[1].Value).ToArray()
            where !imports.SequenceEqual(imports.OrderBy(name => name.Split('.')[0] != "System")
                .ThenBy(name => name.Replace('.', '\0'), StringComparer.OrdinalIgnoreCase))
            select $"{file}: {string.Join(", ", imports)}");

    [Fact]
    public void Lines_are_short()
        => Violations.None($"A line of C# has at most {MostColumns} columns, but for a text that would be torn (SVG, JSON, a pattern)",
            from file in Repository.Files("", ".cs")
            let text = Repository.Read(file)
            let lines = text.Split('\n')
            where lines.Any(line => line.Length > MostColumns)
            let texts = LinesOfTexts(text)
            from line in lines.Index()
            where line.Item.Length > MostColumns && !texts.Contains(line.Index)
            select $"{file}:{line.Index + 1}: {line.Item.Length}");

    static HashSet<int> LinesOfTexts(string code)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(code, new(LanguageVersion.Preview)).GetRoot();
        return [.. from node in root.DescendantNodes()
                   where node.Kind() is SyntaxKind.StringLiteralExpression or SyntaxKind.InterpolatedStringExpression
                   where node.Span.Length >= ShortText
                   let span = node.GetLocation().GetLineSpan()
                   from line in Enumerable.Range(span.StartLinePosition.Line, span.EndLinePosition.Line - span.StartLinePosition.Line + 1)
                   select line];
    }

    [Fact]
    public void Code_is_finished()
        => Violations.None("Nothing is left for later", Repository.Lines(Code, Unfinished().IsMatch));

    [Fact]
    public void No_exception_is_swallowed_in_silence()
        => Violations.None("A catch block does something, or says why not",
            from file in Repository.Files("", ".cs")
            let text = Repository.Read(file)
            from Match match in EmptyCatch().Matches(text)
            select $"{file}:{text.AsSpan(0, match.Index).Count('\n') + 1}");

    [GeneratedRegex(@"System\.Runtime\.Intrinsics|\bVector(64|128|256|512)?<|System\.Numerics\.Vector\b")]
    private static partial Regex VectorCode();

    [GeneratedRegex(@"^using (\w[\w.]*);")]
    private static partial Regex ImportedName();

    [GeneratedRegex(@"^\s*(import|from)\s+torch\b")]
    private static partial Regex ImportsTorch();

    // The brackets keep the pattern from finding itself.
    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E)\b|NotImplemented[E]xception")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bcatch\b\s*(\([^)]*\)\s*)?(when\s*\([^)]*\)\s*)?\{\s*\}")]
    private static partial Regex EmptyCatch();
}
