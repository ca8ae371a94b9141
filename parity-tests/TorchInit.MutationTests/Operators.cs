using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxKind;

namespace TorchInit.MutationTests;

/// <summary>What an operator, a literal or a call is changed to: dotnet-stryker's usual changes, so that scores can be compared.</summary>
static class Operators
{
    static readonly Dictionary<SyntaxKind, string[]> s_symbols = new()
    {
        [AddExpression] = ["-"],
        [SubtractExpression] = ["+"],
        [MultiplyExpression] = ["/"],
        [DivideExpression] = ["*"],
        [ModuloExpression] = ["*"],
        [LessThanExpression] = [">", "<="],
        [LessThanOrEqualExpression] = [">", "<"],
        [GreaterThanExpression] = ["<", ">="],
        [GreaterThanOrEqualExpression] = ["<", ">"],
        [EqualsExpression] = ["!="],
        [NotEqualsExpression] = ["=="],
        [LogicalAndExpression] = ["||"],
        [LogicalOrExpression] = ["&&"],
        [BitwiseAndExpression] = ["|", "^"],
        [BitwiseOrExpression] = ["&", "^"],
        [ExclusiveOrExpression] = ["&", "|"],
        [LeftShiftExpression] = [">>", ">>>"],
        [RightShiftExpression] = ["<<"],
        [UnsignedRightShiftExpression] = ["<<"],
        [AddAssignmentExpression] = ["-="],
        [SubtractAssignmentExpression] = ["+="],
        [MultiplyAssignmentExpression] = ["/="],
        [DivideAssignmentExpression] = ["*="],
        [ModuloAssignmentExpression] = ["*="],
        [AndAssignmentExpression] = ["|=", "^="],
        [OrAssignmentExpression] = ["&=", "^="],
        [ExclusiveOrAssignmentExpression] = ["&=", "|="],
        [LeftShiftAssignmentExpression] = [">>="],
        [RightShiftAssignmentExpression] = ["<<="],
        [UnsignedRightShiftAssignmentExpression] = ["<<="],
    };

    static readonly Dictionary<string, string> s_methods = new()
    {
        ["Min"] = "Max",
        ["Max"] = "Min",
        ["Floor"] = "Ceiling",
        ["Ceiling"] = "Floor",
        ["Sin"] = "Cos",
        ["Cos"] = "Sin",
        ["Exp"] = "Log",
        ["Log"] = "Exp",
        ["First"] = "Last",
        ["Last"] = "First",
        ["Any"] = "All",
        ["All"] = "Any",
        ["Skip"] = "Take",
        ["Take"] = "Skip",
        ["SkipWhile"] = "TakeWhile",
        ["TakeWhile"] = "SkipWhile",
        ["OrderBy"] = "OrderByDescending",
        ["OrderByDescending"] = "OrderBy",
        ["StartsWith"] = "EndsWith",
        ["EndsWith"] = "StartsWith",
        ["Concat"] = "Except",
        ["Union"] = "Intersect",
        ["Append"] = "Prepend",
    };

    /// <summary>Other texts for an expression.</summary>
    public static IEnumerable<string> Of(ExpressionSyntax node) => node switch
    {
        BinaryExpressionSyntax sum when sum.IsKind(AddExpression) && (IsText(sum.Left) || IsText(sum.Right)) => [],
        BinaryExpressionSyntax choice when choice.IsKind(CoalesceExpression) => [$"{choice.Left}", $"{choice.Right}"],
        BinaryExpressionSyntax two => Symbols(two).Select(symbol => $"{two.Left} {symbol} {two.Right}"),
        AssignmentExpressionSyntax two => Symbols(two).Select(symbol => $"{two.Left} {symbol} {two.Right}"),
        PrefixUnaryExpressionSyntax one when one.Kind() is UnaryMinusExpression or LogicalNotExpression or BitwiseNotExpression
            => [$"{one.Operand}"],
        PrefixUnaryExpressionSyntax one when one.IsKind(PreIncrementExpression) => [$"--{one.Operand}"],
        PrefixUnaryExpressionSyntax one when one.IsKind(PreDecrementExpression) => [$"++{one.Operand}"],
        PostfixUnaryExpressionSyntax one when one.IsKind(PostIncrementExpression) => [$"{one.Operand}--"],
        PostfixUnaryExpressionSyntax one when one.IsKind(PostDecrementExpression) => [$"{one.Operand}++"],
        ConditionalExpressionSyntax three when three.WhenTrue is not ThrowExpressionSyntax && three.WhenFalse is not ThrowExpressionSyntax
            => [$"{three.WhenTrue}", $"{three.WhenFalse}"],
        LiteralExpressionSyntax literal when literal.IsKind(TrueLiteralExpression) => ["false"],
        LiteralExpressionSyntax literal when literal.IsKind(FalseLiteralExpression) => ["true"],
        LiteralExpressionSyntax literal when literal.IsKind(StringLiteralExpression)
            => [literal.Token.ValueText.Length > 0 ? "\"\"" : "\"planted\""],
        InterpolatedStringExpressionSyntax => ["\"\""],
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax not } test => [$"{test.Expression} is {not.Pattern}"],
        IsPatternExpressionSyntax test => [$"{test.Expression} is not ({test.Pattern})"],
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax of } call
            when s_methods.TryGetValue(of.Name.Identifier.Text, out string? other)
            => [$"{of.Expression}.{other}{call.ArgumentList}"],
        _ => [],
    };

    /// <summary>Whether a condition is changed as a whole: one that no change of an operator turns round already.</summary>
    public static bool IsNegated(ExpressionSyntax condition)
        => condition is InvocationExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax
            || condition.Kind() is LogicalAndExpression or LogicalOrExpression;

    static string[] Symbols(ExpressionSyntax node) => s_symbols.GetValueOrDefault(node.Kind(), []);

    static bool IsText(ExpressionSyntax node) => node.Kind() is StringLiteralExpression or InterpolatedStringExpression;
}
