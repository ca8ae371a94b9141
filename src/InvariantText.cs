using System.Globalization;
using System.Text;

namespace System.Runtime.CompilerServices;

/// <summary>
/// What the compiler makes of every <c>$"…"</c> in src/: the framework's type of this name, with the invariant culture instead of the
/// thread's. Torch's texts, plans and titles are the same in every country; with the thread's culture Sweden would read −1 (U+2212),
/// which no parser takes back. A compiler prefers a project's own type to the framework's.
/// </summary>
[InterpolatedStringHandler]
ref struct DefaultInterpolatedStringHandler
{
    const int GuessedHole = 11;    // characters, as the framework guesses

    readonly StringBuilder _text;
    StringBuilder.AppendInterpolatedStringHandler _writer;

    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        _text = new(literalLength + (formattedCount * GuessedHole));
        _writer = new(literalLength, formattedCount, _text, CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string value) => _writer.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _writer.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => _writer.AppendFormatted(value, format);

    public void AppendFormatted<T>(T value, int alignment) => _writer.AppendFormatted(value, alignment);

    public void AppendFormatted<T>(T value, int alignment, string? format) => _writer.AppendFormatted(value, alignment, format);

    public void AppendFormatted(ReadOnlySpan<char> value) => _writer.AppendFormatted(value);

    public readonly string ToStringAndClear() => _text.ToString();
}
