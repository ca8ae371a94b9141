using System.Globalization;
using System.Text;

namespace TorchInit;

/// <summary>An integer that depends on the indices of the enclosing blocks: <c>2i+3</c>.</summary>
/// <param name="Constant">Its value where all indices are 0.</param>
/// <param name="Factors">One factor per index, the outermost first.</param>
readonly record struct IndexForm(long Constant, long[] Factors)
{
    /// <summary>The names of the indices, the outermost block's first; their count is the deepest nesting.</summary>
    public const string Indices = "ijkl";

    /// <summary>Its value at the indices <paramref name="at"/>.</summary>
    public Int128 At(ReadOnlySpan<long> at)
    {
        Int128 value = Constant;
        for (int i = 0; i < Factors.Length; i++) { value += (Int128)Factors[i] * at[i]; }
        return value;
    }

    public bool HasFactors(long[] other) => Factors.AsSpan().SequenceEqual(other);

    /// <summary>Reads what <see cref="ToString"/> writes; null for any other text.</summary>
    /// <param name="text">Signed terms: <c>i</c>, <c>2i+3</c>, <c>16i+2j-1</c>.</param>
    /// <param name="depth">The number of indices.</param>
    public static IndexForm? Parse(ReadOnlySpan<char> text, int depth)
    {
        long constant = 0;
        long[] factors = new long[depth];
        bool hasConstant = false;
        for (int at = 0; at < text.Length;)
        {
            bool isNegative = text[at] == '-';
            if (text[at] is '+' or '-') { at++; }
            else if (at > 0) { return null; }
            int digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) { at++; }
            long number = 1;
            bool hasNumber = at > digits;
            if (hasNumber && !long.TryParse(text[digits..at], NumberStyles.None, CultureInfo.InvariantCulture, out number)) { return null; }
            long signed = isNegative ? -number : number;
            int index = at < text.Length ? Indices.IndexOf(text[at], StringComparison.Ordinal) : -1;
            if (index >= 0)
            {
                if (index >= depth || factors[index] != 0) { return null; }
                (factors[index], at) = (signed, at + 1);
            }
            else
            {
                if (!hasNumber || hasConstant) { return null; }
                (constant, hasConstant) = (signed, true);
            }
        }
        return text.Length == 0 ? null : new(constant, factors);
    }

    /// <summary>The form that a name has in braces; a plain number if it depends on no index.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        for (int i = 0; i < Factors.Length; i++)
        {
            if (Factors[i] == 0) { continue; }
            text.Append(Factors[i] > 0 && text.Length > 0 ? "+" : "").Append(Factors[i] switch
            {
                1 => "",
                -1 => "-",
                var factor => factor.ToString(CultureInfo.InvariantCulture),
            }).Append(Indices[i]);
        }
        if (Constant != 0 || text.Length == 0)
        {
            text.Append(Constant >= 0 && text.Length > 0 ? "+" : "").Append(Constant.ToString(CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }
}
