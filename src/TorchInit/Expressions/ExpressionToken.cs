namespace TorchInit.Syntax;

enum TokenKind
{
    Name,
    Integer,
    Float,
    String,
    Punctuation,

    /// <summary>The end of a statement; the next begins where the word ends.</summary>
    Line,
    End,
}

/// <summary>A word of an expression: the characters from <paramref name="Start"/> up to <paramref name="End"/>.</summary>
readonly record struct ExpressionToken(TokenKind Kind, int Start, int End);
