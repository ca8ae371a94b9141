namespace TorchInit;

/// <summary>The known names closest to a mistyped one.</summary>
static class NearestNames
{
    const int Most = 3;
    const int LongestCompared = 64, MostCompared = 4096;

    /// <summary>Follows a semicolon in a message: "nearest: Linear, Bilinear"; a few examples if no name is near.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="known">All valid names.</param>
    public static string To(string name, IEnumerable<string> known)
    {
        string[] nearest = [.. Of(name, known)];
        return nearest.Length > 0 ? $"nearest: {string.Join(", ", nearest)}"
            : "allowed: for example Linear(3, 5) or init.xavier_uniform_((3, 5))";
    }

    /// <summary>At most three names, nearest first, by edit distance without case and prefixes; none with more than a third of its letters
    /// wrong.</summary>
    public static IEnumerable<string> Of(string name, IEnumerable<string> known) => Of(name, known, Plain);

    /// <summary>Ends a message with "; nearest: resnet50, resnet101"; empty if no name is near.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="known">All valid names.</param>
    public static string Ending(string name, IEnumerable<string> known)
        => Whole(name, known) is { Length: > 0 } near ? $"; nearest: {string.Join(", ", near)}" : "";

    /// <summary>At most three names, nearest first. Compares whole names without case; names that start with what was written
    /// follow.</summary>
    public static string[] Whole(string name, IEnumerable<string> known)
    {
        string[] compared = [.. known.Take(MostCompared)];
        IEnumerable<string> longer = compared.Where(candidate => name.Length > 1
            && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return [.. Of(name, compared, candidate => candidate.ToLowerInvariant()).Concat(longer).Distinct().Take(Most)];
    }

    static IEnumerable<string> Of(string name, IEnumerable<string> known, Func<string, string> simplified)
    {
        if (name.Length > LongestCompared) { return []; }
        string plain = simplified(name);
        return known.Select(candidate => (candidate, Plain: simplified(candidate)))
            .Select(pair => (pair.candidate, Most: Math.Max(1, Math.Max(plain.Length, pair.Plain.Length) / 3), pair.Plain))
            .Where(pair => Math.Abs(pair.Plain.Length - plain.Length) <= pair.Most)
            .Select(pair => (pair.candidate, pair.Most, Distance: Distance(plain, pair.Plain)))
            .Where(pair => pair.Distance <= pair.Most).OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal).Take(Most).Select(pair => pair.candidate);
    }

    static string Plain(string name) => name[(name.LastIndexOf('.') + 1)..].TrimEnd('_').ToLowerInvariant();

    /// <summary>The number of insertions, deletions, replacements and swaps of neighbouring letters.</summary>
    static int Distance(string left, string right)
    {
        int[,] table = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }
                int cost = left[i - 1] == right[j - 1] ? 0 : 1;
                int least = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + cost);
                bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                table[i, j] = swapped ? Math.Min(least, table[i - 2, j - 2] + 1) : least;
            }
        }
        return table[left.Length, right.Length];
    }
}
