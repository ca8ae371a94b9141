using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace InitNotebooks.Engine;

/// <summary>
/// Puts <see cref="Guard.Poll"/> first into every loop, function and accessor, on the line of what follows, so that line numbers stay. An
/// expression after an arrow becomes a block; whether a lambda's returns a value, and is no expression tree, only <paramref
/// name="model"/> knows.
/// </summary>
/// <param name="model">The model of the original text; without it, lambdas with an expression body are left alone.</param>
sealed class GuardRewriter(SemanticModel? model) : CSharpSyntaxRewriter
{
    static readonly StatementSyntax s_poll = SyntaxFactory.ParseStatement("global::InitNotebooks.Engine.Guard.Poll(); ");

    public static string Rewrite(string code, CSharpParseOptions options) => Rewrite(CSharpSyntaxTree.ParseText(code, options), null);

    public static string Rewrite(SyntaxTree tree, SemanticModel? model) => new GuardRewriter(model).Visit(tree.GetRoot()).ToFullString();

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node)
        => base.VisitWhileStatement(node) is WhileStatementSyntax loop ? loop.WithStatement(Guarded(loop.Statement)) : null;

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node)
        => base.VisitDoStatement(node) is DoStatementSyntax loop ? loop.WithStatement(Guarded(loop.Statement)) : null;

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
        => base.VisitForStatement(node) is ForStatementSyntax loop ? loop.WithStatement(Guarded(loop.Statement)) : null;

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
        => base.VisitForEachStatement(node) is ForEachStatementSyntax loop ? loop.WithStatement(Guarded(loop.Statement)) : null;

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
        => base.VisitForEachVariableStatement(node) is ForEachVariableStatementSyntax loop ? loop.WithStatement(Guarded(loop.Statement))
            : null;

    /// <summary>Of the ways to jump back, only goto is not a loop.</summary>
    public override SyntaxNode? VisitLabeledStatement(LabeledStatementSyntax node)
        => base.VisitLabeledStatement(node) is LabeledStatementSyntax { Statement: not LocalDeclarationStatementSyntax } label
            ? label.WithStatement(Guarded(label.Statement)) : node;

    public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
        => base.VisitConstructorDeclaration(node) is ConstructorDeclarationSyntax { Body: { } body } constructor
            ? constructor.WithBody(First(body)) : node;

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node)
        => base.VisitAnonymousMethodExpression(node) is AnonymousMethodExpressionSyntax method ? method.WithBlock(First(method.Block))
            : null;

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node)
        => base.VisitSimpleLambdaExpression(node) is SimpleLambdaExpressionSyntax lambda ? lambda.WithBody(Body(lambda.Body, node)) : null;

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node)
        => base.VisitParenthesizedLambdaExpression(node) is ParenthesizedLambdaExpressionSyntax lambda
            ? lambda.WithBody(Body(lambda.Body, node)) : null;

    public override SyntaxNode? VisitAccessorDeclaration(AccessorDeclarationSyntax node) => base.VisitAccessorDeclaration(node) switch
    {
        AccessorDeclarationSyntax { Body: { } body } accessor => accessor.WithBody(First(body)),
        AccessorDeclarationSyntax { ExpressionBody: { } arrow } accessor => accessor.WithExpressionBody(null).WithSemicolonToken(default)
            .WithBody(Block(arrow, returns: accessor.IsKind(SyntaxKind.GetAccessorDeclaration), accessor.SemicolonToken)),
        var other => other,
    };

    public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node)
        => base.VisitPropertyDeclaration(node) is PropertyDeclarationSyntax { ExpressionBody: { } arrow } property
            ? property.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(arrow, property.SemicolonToken))
                : base.VisitPropertyDeclaration(node);

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) => base.VisitMethodDeclaration(node) switch
    {
        MethodDeclarationSyntax { Body: { } body } method => method.WithBody(First(body)),
        MethodDeclarationSyntax { ExpressionBody: { } arrow } method => method.WithExpressionBody(null).WithSemicolonToken(default)
            .WithBody(Block(arrow, Returns(method.ReturnType, method.Modifiers), method.SemicolonToken)),
        var other => other,
    };

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
        => base.VisitLocalFunctionStatement(node) switch
        {
            LocalFunctionStatementSyntax { Body: { } body } function => function.WithBody(First(body)),
            LocalFunctionStatementSyntax { ExpressionBody: { } arrow } function => function.WithExpressionBody(null)
                .WithSemicolonToken(default)
                .WithBody(Block(arrow, Returns(function.ReturnType, function.Modifiers), function.SemicolonToken)),
            var other => other,
        };

    static bool Returns(TypeSyntax type, SyntaxTokenList modifiers)
        => type is not PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
            && !(modifiers.Any(SyntaxKind.AsyncKeyword) && type.ToString().Split('.')[^1] is "Task" or "ValueTask");

    CSharpSyntaxNode Body(CSharpSyntaxNode visited, LambdaExpressionSyntax written)
    {
        if (visited is BlockSyntax block) { return First(block); }
        if (model?.GetTypeInfo(written).ConvertedType is not INamedTypeSymbol { DelegateInvokeMethod: { } invoke }) { return visited; }
        bool plainTask = written.AsyncKeyword != default && invoke.ReturnType is INamedTypeSymbol { IsGenericType: false };
        return Block(default, (ExpressionSyntax)visited, returns: !invoke.ReturnsVoid && !plainTask, default);
    }

    static AccessorListSyntax Getter(ArrowExpressionClauseSyntax arrow, SyntaxToken end)
        => SyntaxFactory.AccessorList([SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration,
            Block(arrow, returns: true, end))]);

    static BlockSyntax Block(ArrowExpressionClauseSyntax arrow, bool returns, SyntaxToken end)
        => Block(arrow.ArrowToken, arrow.Expression, returns, end);

    /// <summary>Keeps what surrounded the arrow and the semicolon in its place, line ends included.</summary>
    static BlockSyntax Block(SyntaxToken arrow, ExpressionSyntax expression, bool returns, SyntaxToken end)
    {
        SyntaxTriviaList before = SyntaxFactory.TriviaList([SyntaxFactory.Space, .. arrow.TrailingTrivia]);
        SyntaxToken semicolon = SyntaxFactory.Token(end.LeadingTrivia, SyntaxKind.SemicolonToken,
            SyntaxFactory.TriviaList(SyntaxFactory.Space));
        StatementSyntax statement = expression is ThrowExpressionSyntax thrown
            ? SyntaxFactory.ThrowStatement(thrown.ThrowKeyword.WithLeadingTrivia(before), thrown.Expression, semicolon)
            : returns ? SyntaxFactory.ReturnStatement(SyntaxFactory.Token(default, SyntaxKind.ReturnKeyword, before), expression, semicolon)
            : SyntaxFactory.ExpressionStatement(expression.WithLeadingTrivia(before.AddRange(expression.GetLeadingTrivia())), semicolon);
        return SyntaxFactory.Block(SyntaxFactory.Token(arrow.LeadingTrivia, SyntaxKind.OpenBraceToken,
            SyntaxFactory.TriviaList(SyntaxFactory.Space)),
            [s_poll, statement], SyntaxFactory.Token(default, SyntaxKind.CloseBraceToken, end.TrailingTrivia));
    }

    static BlockSyntax Guarded(StatementSyntax statement) => statement is BlockSyntax block ? First(block) : SyntaxFactory.Block(
        SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(SyntaxFactory.Space), [s_poll, statement],
            SyntaxFactory.Token(SyntaxKind.CloseBraceToken));

    static BlockSyntax First(BlockSyntax block)
    {
        SyntaxToken brace = block.OpenBraceToken;
        return block.WithOpenBraceToken(brace.WithTrailingTrivia(SyntaxFactory.TriviaList(SyntaxFactory.Space)
            .AddRange(brace.TrailingTrivia)))
            .WithStatements(block.Statements.Insert(0, s_poll));
    }
}
