namespace TorchInit.Syntax;

enum TokenKind
{
    Name,
    Integer,
    Float,
    String,
    Punctuation,

    /// <summary>The end of a statement; the next one starts at the token's end.</summary>
    Line,
    End,
}

/// <summary>A token of an expression: the characters from <paramref name="Start"/> up to <paramref name="End"/>.</summary>
readonly record struct ExpressionToken(TokenKind Kind, int Start, int End);
