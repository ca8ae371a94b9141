namespace TorchInit;

/// <summary>The names that somebody who mistyped one may have meant.</summary>
static class NearestNames
{
    const int Most = 3;
    const int LongestCompared = 64;

    /// <summary>To read after a semicolon: "nearest: Linear, Bilinear"; without any that is near, a few examples.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">All that could have been.</param>
    public static string To(string name, IEnumerable<string> known)
    {
        string[] nearest = [.. Of(name, known)];
        return nearest.Length > 0 ? $"nearest: {string.Join(", ", nearest)}"
            : "allowed: for example Linear(3, 5) or init.xavier_uniform_((3, 5))";
    }

    /// <summary>At most three, the nearest first: by edits of letters, capitals and prefixes aside; nothing that is more than a third
    /// wrong.</summary>
    public static IEnumerable<string> Of(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestCompared) { return []; }
        string plain = Plain(name);
        return known.Select(candidate => (candidate, Distance: Distance(plain, Plain(candidate))))
            .Where(pair => pair.Distance <= Math.Max(1, Math.Max(plain.Length, Plain(pair.candidate).Length) / 3))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal).Take(Most).Select(pair
                => pair.candidate);
    }

    static string Plain(string name) => name[(name.LastIndexOf('.') + 1)..].TrimEnd('_').ToLowerInvariant();

    /// <summary>Letters to insert, delete, replace or swap with the next.</summary>
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
