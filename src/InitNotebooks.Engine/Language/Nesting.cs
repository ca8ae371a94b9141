using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace InitNotebooks.Engine;

/// <summary>
/// How deeply code is nested. Roslyn's parser recurses into brackets, lists of types and strings within strings; a few thousand levels
/// end the process.
/// </summary>
static class Nesting
{
    public const int Most = 500;

    public static string Refusal => $"Brackets are nested more than {Most} deep; the compiler cannot parse that.";

    /// <summary>Whether brackets are nested deeper than <see cref="Most"/>; those in strings and comments do not count.</summary>
    public static bool IsTooDeep(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (DepthOf(code.Select(letter => letter)) <= Most) { return false; }
        // The lexer recurses, too, for a string within a string: if there are many of them, it is not called.
        return code.AsSpan().Count('$') > Most
            || DepthOf(SyntaxFactory.ParseTokens(code).Select(token => token.Span.Length == 1 ? token.Text[0] : ' ')) > Most;
    }

    static int DepthOf(IEnumerable<char> letters)
    {
        (int brackets, int angles, int most) = (0, 0, 0);
        foreach (char letter in letters)
        {
            switch (letter)
            {
                case '(' or '[' or '{': brackets++; break;
                case ')' or ']' or '}': brackets = Math.Max(0, brackets - 1); break;
                case '<': angles++; break;
                case '>': angles = Math.Max(0, angles - 1); break;
                case ';' or ',': angles = 0; break;      // it was not a list of types
            }
            most = Math.Max(most, brackets + angles);
        }
        return most;
    }
}
