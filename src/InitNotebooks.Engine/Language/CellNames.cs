using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace InitNotebooks.Engine;

/// <summary>Which names a C# cell gives to later ones, and which it uses, judged by its text alone.</summary>
static class CellNames
{
    static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview, kind: SourceCodeKind.Script);

    /// <summary>The named declarations at a cell's top level, and what the cell assigns to.</summary>
    public static IEnumerable<string> Given(string code)
    {
        CompilationUnitSyntax root = Root(code);
        foreach (MemberDeclarationSyntax member in root.Members)
        {
            foreach (string name in Declared(member)) { yield return name; }
        }
        foreach (AssignmentExpressionSyntax assigned in root.DescendantNodes().OfType<AssignmentExpressionSyntax>())
        {
            if (assigned.Left is IdentifierNameSyntax name) { yield return name.Identifier.ValueText; }
        }
    }

    /// <summary>The names it mentions, without members of others.</summary>
    public static IEnumerable<string> Taken(string code)
        => from name in Root(code).DescendantNodes().OfType<SimpleNameSyntax>()
           where name.Parent is not MemberAccessExpressionSyntax member || member.Name != name
           select name.Identifier.ValueText;

    static CompilationUnitSyntax Root(string code) => Nesting.IsTooDeep(code) ? SyntaxFactory.CompilationUnit()
        : CSharpSyntaxTree.ParseText(code, s_parse).GetCompilationUnitRoot();

    static IEnumerable<string> Declared(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => [type.Identifier.ValueText],
        MethodDeclarationSyntax method => [method.Identifier.ValueText],
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
        GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax or LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax
        } statement
            => statement.DescendantNodes().Select(node => node switch
            {
                VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
                LocalFunctionStatementSyntax function => function.Identifier.ValueText,
                _ => "",
            }).Where(name => name.Length > 0),
        _ => [],
    };
}
