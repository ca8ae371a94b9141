using System.Globalization;
using System.Text;

namespace TorchInit.Syntax;

/// <summary>Python's string literals: quotes and the simple escapes.</summary>
static class PythonString
{
    /// <summary>As <c>repr</c> writes it: single quotes, or double quotes if the text contains single quotes only; control characters
    /// escaped.</summary>
    public static string Repr(string text)
    {
        char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        StringBuilder literal = new();
        literal.Append(quote);
        foreach (char letter in text)
        {
            _ = letter switch
            {
                '\\' => literal.Append(@"\\"),
                '\n' => literal.Append(@"\n"),
                '\r' => literal.Append(@"\r"),
                '\t' => literal.Append(@"\t"),
                _ when letter == quote => literal.Append('\\').Append(quote),
                _ when char.IsControl(letter) => literal.Append(CultureInfo.InvariantCulture, $@"\x{(int)letter:x2}"),
                _ => literal.Append(letter),
            };
        }
        return literal.Append(quote).ToString();
    }

    /// <summary>The text between the quotes with its escapes resolved; false and the position of an escape that is not allowed.</summary>
    public static bool TryUnescape(ReadOnlySpan<char> inner, out string text, out int wrongAt)
    {
        StringBuilder result = new(inner.Length);
        for (wrongAt = 0; wrongAt < inner.Length; wrongAt++)
        {
            if (inner[wrongAt] != '\\') { result.Append(inner[wrongAt]); continue; }
            ReadOnlySpan<char> escape = inner[(wrongAt + 1)..];
            switch (escape.IsEmpty ? '\0' : escape[0])
            {
                case '\\': case '\'': case '"': result.Append(escape[0]); break;
                case 'n': result.Append('\n'); break;
                case 'r': result.Append('\r'); break;
                case 't': result.Append('\t'); break;
                case 'x' when escape.Length > 2
                    && byte.TryParse(escape[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte code):
                    result.Append((char)code);
                    wrongAt += 2;
                    break;
                default: text = ""; return false;
            }
            wrongAt++;
        }
        text = result.ToString();
        return true;
    }
}
