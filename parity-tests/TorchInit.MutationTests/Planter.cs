using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TorchInit.MutationTests;

/// <summary>Plants every change of a file, each behind a switch: <c>Is(7) ? a - b : a + b</c>, <c>if (!Is(8)) { f(); }</c>.</summary>
sealed class Planter(string file, int firstId, IReadOnlySet<int> without) : CSharpSyntaxRewriter
{
    public const string Switch = "global::TorchInit.MutationSwitch.Is";

    public List<Mutant> Planted { get; } = [];

    int _next = firstId;

    public override SyntaxNode? Visit(SyntaxNode? node) => node switch
    {
        null or AttributeListSyntax or TypeSyntax or ParameterListSyntax or EnumMemberDeclarationSyntax or PatternSyntax => node,
        SwitchLabelSyntax => node,
        BaseFieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.ConstKeyword) => node,
        LocalDeclarationStatementSyntax { IsConst: true } => node,
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } } => node,
        ExpressionStatementSyntax statement when !statement.DescendantNodes().Any(inner => inner is DeclarationExpressionSyntax)
            => OfStatement(statement),
        ThrowStatementSyntax statement when statement.Parent is BlockSyntax => Removable(statement, base.Visit(statement)!),
        ExpressionSyntax expression => OfExpression(expression),
        _ => base.Visit(node),
    };

    ExpressionSyntax OfExpression(ExpressionSyntax node)
    {
        var visited = (ExpressionSyntax)base.Visit(node)!;
        bool isStep = node.Parent is ForStatementSyntax loop && loop.Incrementors.Contains(node);
        string text = visited.ToString();
        foreach (string other in Alternatives(node).Reverse())
        {
            if (Next(node, other) is { } id) { text = $"({Switch}({id}) ? ({other}) : ({text}))"; }
        }
        if (text == visited.ToString()) { return visited; }
        return SyntaxFactory.ParseExpression(isStep ? "_ = " + text : text).WithTriviaFrom(node);
    }

    static IEnumerable<string> Alternatives(ExpressionSyntax node)
    {
        bool isTest = node.Parent is IfStatementSyntax branch && branch.Condition == node
            || node.Parent is WhileStatementSyntax loop && loop.Condition == node;
        return isTest && Operators.IsNegated(node) ? [.. Operators.Of(node), $"!({node})"] : Operators.Of(node);
    }

    StatementSyntax OfStatement(ExpressionStatementSyntax node)
    {
        string text = node.WithExpression((ExpressionSyntax)base.Visit(node.Expression)!).WithoutTrivia().ToString();
        foreach (string other in Operators.Of(node.Expression))
        {
            if (Next(node, other + ";") is { } id) { text = $"if ({Switch}({id})) {{ {other}; }} else {{ {text} }}"; }
        }
        if (Next(node, ";") is { } removed) { text = $"if (!{Switch}({removed})) {{ {text} }}"; }
        return SyntaxFactory.ParseStatement(text).WithTriviaFrom(node);
    }

    SyntaxNode Removable(StatementSyntax node, SyntaxNode visited)
        => Next(node, ";") is { } id ? SyntaxFactory.ParseStatement($"if (!{Switch}({id})) {{ {visited} }}").WithTriviaFrom(node) : visited;

    int? Next(SyntaxNode node, string replacement)
    {
        int id = _next++;
        bool isIn = !without.Contains(id);
        FileLinePositionSpan place = node.SyntaxTree.GetLineSpan(node.Span);
        Planted.Add(new(id, file, place, replacement) { Status = isIn ? MutantStatus.Pending : MutantStatus.CompileError });
        return isIn ? id : null;
    }
}
