using System.Collections.Concurrent;

namespace TorchInit.Syntax;

/// <summary>One parameter of a signature; required if it has no default.</summary>
readonly record struct SignatureParameter(string Name, TorchValue? Default);

/// <summary>A Python signature: positional parameters, optional <c>*args</c>, keyword-only parameters.</summary>
sealed class Signature
{
    // torch has a few hundred signatures, and a text may call each a thousand times; the bound limits those of callers.
    const int MostKnown = 2048;

    static readonly ConcurrentDictionary<string, Signature> s_known = new(StringComparer.Ordinal);

    readonly string _text;

    Signature(string text, List<SignatureParameter> positional, string? variadic, List<SignatureParameter> keywordOnly)
        => (_text, Positional, Variadic, KeywordOnly) = (text, positional, variadic, keywordOnly);

    /// <summary>The parameters before <c>*</c>, given by position or by name.</summary>
    public IReadOnlyList<SignatureParameter> Positional { get; }

    /// <summary>The name after <c>*</c> that takes the remaining positional arguments; null for none.</summary>
    public string? Variadic { get; }

    /// <summary>The parameters after <c>*</c>.</summary>
    public IReadOnlyList<SignatureParameter> KeywordOnly { get; }

    /// <summary>Whether <c>**name</c> takes the remaining keywords.</summary>
    public bool TakesKeywords { get; private init; }

    /// <summary>All parameters that a keyword can give; not <see cref="Variadic"/>.</summary>
    public IEnumerable<SignatureParameter> All => Positional.Concat(KeywordOnly);

    /// <summary>Parses <c>d, eps=1e-05, *, bias=True</c>, once.</summary>
    /// <exception cref="FormatException">The text is not a signature, for example if a parameter without default follows one
    /// with.</exception>
    public static Signature Parse(string text)
    {
        if (s_known.TryGetValue(text, out Signature? known)) { return known; }
        Signature read = Read(text);
        if (s_known.Count < MostKnown) { s_known.TryAdd(text, read); }
        return read;
    }

    static Signature Read(string text)
    {
        List<SignatureParameter> positional = [];
        List<SignatureParameter> keywordOnly = [];
        string? variadic = null;
        bool star = false;
        bool takesKeywords = false;
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (string part in Parts(text))
        {
            if (part.StartsWith("**", StringComparison.Ordinal) && PythonName.IsIdentifier(part[2..]))
            {
                takesKeywords = true;
                continue;
            }
            string[] sides = part.Split('=', 2, StringSplitOptions.TrimEntries);
            bool isStar = sides[0].StartsWith('*');
            string name = isStar ? sides[0][1..] : sides[0];
            bool named = PythonName.IsIdentifier(name) && names.Add(name);
            if (isStar ? star || sides.Length == 2 || (name.Length > 0 && !named) : !named)
            {
                throw new FormatException($"'{part}' is not a parameter in the signature ({text}); allowed: name, name=value, one * or "
                    + $"*name; each name once.");
            }
            if (isStar)
            {
                star = true;
                variadic = name.Length > 0 ? name : null;
                continue;
            }
            SignatureParameter parameter = new(name, sides.Length == 2 ? TorchExpression.ParseValue(sides[1]) : null);
            if (!star && parameter.Default is null && positional.Any(earlier => earlier.Default is not null))
            {
                throw new FormatException($"'{name}' has no default in the signature ({text}); allowed only before the first parameter "
                    + $"with a default.");
            }
            (star ? keywordOnly : positional).Add(parameter);
        }
        return new(text, positional, variadic, keywordOnly) { TakesKeywords = takesKeywords };
    }

    /// <summary>The text that was parsed.</summary>
    public override string ToString() => _text;

    /// <summary>Splits at commas outside brackets; signatures are this library's, and no string in one contains a bracket or a
    /// comma.</summary>
    static IEnumerable<string> Parts(string text)
    {
        int depth = 0;
        int start = 0;
        for (int at = 0; at < text.Length; at++)
        {
            depth += text[at] is '(' or '[' ? 1 : text[at] is ')' or ']' ? -1 : 0;
            if (text[at] != ',' || depth != 0) { continue; }
            yield return text[start..at].Trim();
            start = at + 1;
        }
        if (start > 0 || !string.IsNullOrWhiteSpace(text)) { yield return text[start..].Trim(); }
    }
}
