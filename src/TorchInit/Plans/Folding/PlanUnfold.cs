using System.Text.Json;

namespace TorchInit;

/// <summary>Expands blocks: item after item, with the names of each repetition. A small text can ask for a lot, so everything is counted
/// first.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="what">What the items are called in an error message.</param>
/// <param name="renamed">Gives an item with every name replaced.</param>
/// <param name="limit">The most items allowed in all, and the name of that limit.</param>
sealed class PlanUnfold<T>(string what, Func<T, Func<string, string>, T> renamed, (int Most, string Limit) limit)
    where T : class
{
    /// <summary>The most characters of all names in blocks together: a plan of 40,000 tensors and twice as many steps has six
    /// million.</summary>
    const long MostLetters = 64 << 20;

    readonly List<T> _items = [];
    long _letters;

    /// <summary>The items added so far.</summary>
    public IReadOnlyList<T> Items => _items;

    /// <summary>Adds everything that the parts stand for.</summary>
    /// <exception cref="JsonException">There are more items than the limit, or a name is not a valid template.</exception>
    public void Add(IReadOnlyList<FoldedPart<T>> parts)
    {
        Int128 count = Count(parts);
        if (count > limit.Most) { throw new JsonException($"there are {count} {what}; {Limits.Allowed(limit.Most, limit.Limit)}"); }
        try
        {
            foreach (FoldedPart<T> part in parts)
            {
                if (part.Item is { } item) { _items.Add(item); }
                else { Add(part, [], []); }
            }
        }
        catch (FormatException error) { throw new JsonException(error.Message, error); }
    }

    static Int128 Count(IReadOnlyList<FoldedPart<T>> parts)
    {
        Int128 count = 0;
        foreach (FoldedPart<T> part in parts)
        {
            // At most 2⁶³ in each of 4 nested blocks: capped so that the count of the outer ones cannot overflow.
            count += part.Parts.Count == 0 ? 1 : Int128.Min(part.Count * Int128.Min(Count(part.Parts), int.MaxValue), long.MaxValue);
        }
        return count;
    }

    void Add(FoldedPart<T> block, long[] outer, Dictionary<(int Depth, string Template), NamePattern> patterns)
    {
        long[] at = [.. outer, 0];
        for (at[^1] = 0; at[^1] < block.Count; at[^1]++)
        {
            foreach (FoldedPart<T> part in block.Parts)
            {
                if (part.Item is { } item) { _items.Add(renamed(item, template => Name(template, at, patterns))); }
                else { Add(part, at, patterns); }
            }
        }
    }

    string Name(string template, long[] at, Dictionary<(int Depth, string Template), NamePattern> patterns)
    {
        if (template is null) { throw new FormatException($"a name of {what} is null"); }
        if (!patterns.TryGetValue((at.Length, template), out NamePattern? pattern))
        {
            patterns.Add((at.Length, template), pattern = NamePattern.Parse(template, at.Length));
        }
        string name = pattern.At(at);
        _letters += name.Length;
        if (_letters > MostLetters)
        {
            throw new FormatException($"the names of {what} in blocks have more than {MostLetters} characters in all, the most"
                + " that is expanded");
        }
        return name;
    }
}
