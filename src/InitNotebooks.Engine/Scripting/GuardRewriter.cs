using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace InitNotebooks.Engine;

/// <summary>Puts <see cref="Guard.Poll"/> first into every loop, method and local function, on the line of what follows: line numbers do not move.</summary>
sealed class GuardRewriter : CSharpSyntaxRewriter
{
    static readonly StatementSyntax s_poll = SyntaxFactory.ParseStatement("global::InitNotebooks.Engine.Guard.Poll(); ");

    public static string Rewrite(string code, CSharpParseOptions options)
        => new GuardRewriter().Visit(CSharpSyntaxTree.ParseText(code, options).GetRoot()).ToFullString();

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) => base.VisitWhileStatement(node) is WhileStatementSyntax loop ? loop.WithStatement(Guarded(loop.Statement)) : null;

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node) => base.VisitDoStatement(node) is DoStatementSyntax loop ? loop.WithStatement(Guarded(loop.Statement)) : null;

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node) => base.VisitForStatement(node) is ForStatementSyntax loop ? loop.WithStatement(Guarded(loop.Statement)) : null;

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) => base.VisitForEachStatement(node) is ForEachStatementSyntax loop ? loop.WithStatement(Guarded(loop.Statement)) : null;

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
        => base.VisitForEachVariableStatement(node) is ForEachVariableStatementSyntax loop ? loop.WithStatement(Guarded(loop.Statement)) : null;

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
        => base.VisitMethodDeclaration(node) is MethodDeclarationSyntax method ? method.Body is { } body ? method.WithBody(First(body)) : method : null;

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
        => base.VisitLocalFunctionStatement(node) is LocalFunctionStatementSyntax function ? function.Body is { } body ? function.WithBody(First(body)) : function : null;

    static BlockSyntax Guarded(StatementSyntax statement) => statement is BlockSyntax block ? First(block) : SyntaxFactory.Block(
        SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(SyntaxFactory.Space), [s_poll, statement], SyntaxFactory.Token(SyntaxKind.CloseBraceToken));

    static BlockSyntax First(BlockSyntax block)
    {
        SyntaxToken brace = block.OpenBraceToken;
        return block.WithOpenBraceToken(brace.WithTrailingTrivia(SyntaxFactory.TriviaList(SyntaxFactory.Space).AddRange(brace.TrailingTrivia))).WithStatements(block.Statements.Insert(0, s_poll));
    }
}
