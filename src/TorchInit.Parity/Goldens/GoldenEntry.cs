namespace TorchInit.Parity;

/// <summary>A recorded answer of real torch, as hashes.</summary>
/// <param name="Case">What was asked; after a reset, the expression ends in <c> + reset</c>.</param>
/// <param name="Sha256">Hash over each tensor's name and bytes, in order; 32 hexadecimal digits or more. If torch raised: the exception's
/// class.</param>
/// <param name="State">sha256 of the generator's state after, 16 digits; empty if it was not recorded.</param>
/// <param name="Words">The first elements of each tensor, their bits in hexadecimal; empty if they were not recorded. What is promised only
/// within a tolerance is compared by them.</param>
public sealed record GoldenEntry(ParityCase Case, string Sha256, string State, IReadOnlyList<IReadOnlyList<string>> Words)
{
    internal const string Header = "expression\tdtype\tseed\tsha256\tstate\twords";
    const int FewestDigits = 32;

    /// <summary>Whether torch refused the case.</summary>
    public bool IsRefusal => char.IsAsciiLetterUpper(Sha256[0]);

    /// <summary>The line in a golden file.</summary>
    public override string ToString()
        => string.Join('\t', Case.Expression + (Case.Reset > 0 ? " + reset" : ""), Case.DType.TorchName(), Case.Seed, Sha256,
            State.Length > 0 ? State : "-", Words.Count > 0 ? string.Join(", ", Words.Select(words => string.Join(' ', words))) : "-");

    /// <summary>Reads a line.</summary>
    /// <exception cref="InvalidDataException">The line does not have six fields, or one is malformed: a hash of fewer digits would match by
    /// chance.</exception>
    internal static GoldenEntry Parse(string line)
    {
        string[] fields = line.Split('\t');
        if (fields.Length != 6 || fields[3].Length == 0)
        {
            throw new InvalidDataException($"A golden line has six fields; this one has {fields.Length}: {line}");
        }
        if (!char.IsAsciiLetterUpper(fields[3][0]) && (fields[3].Length < FewestDigits || !fields[3].All(char.IsAsciiHexDigitLower)))
        {
            throw new InvalidDataException($"'{fields[3]}' is not a sha256; allowed: {FewestDigits} lower-case hexadecimal digits or more, "
                + $"too many to match by chance, or an exception's class: {line}");
        }
        bool reset = fields[0].EndsWith(" + reset", StringComparison.Ordinal);
        string expression = reset ? fields[0][..^" + reset".Length] : fields[0];
        return GoldenSet.Line<GoldenEntry>(line, ()
            => new(new(expression, DType.Parse(fields[1]), fields[2], reset ? 1 : 0), fields[3], fields[4] == "-"
            ? "" : fields[4], fields[5] == "-" ? [] : [.. fields[5].Split(", ").Select(words
            => words.Split(' ', StringSplitOptions.RemoveEmptyEntries))]));
    }
}
