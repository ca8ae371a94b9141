namespace TorchInit;

/// <summary>A part of a folded list: an item, or a block of parts that repeats.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Count">The number of repetitions; 1 for an item.</param>
/// <param name="Item">The item as a template; null for a block.</param>
/// <param name="Parts">The parts that repeat.</param>
sealed record FoldedPart<T>(long Count, T? Item, IReadOnlyList<FoldedPart<T>> Parts)
    where T : class;

/// <summary>
/// Finds what repeats in a list of tensors or steps, layer after layer: items that are equal except for the numbers in their names, where
/// each number grows by the same amount from one repetition to the next.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="items">The items, in order.</param>
/// <param name="key">Gives an item's text without its names; items with equal texts differ at most in their names.</param>
/// <param name="renamed">Gives an item with every name replaced.</param>
sealed class PlanFold<T>(IReadOnlyList<T> items, Func<T, string> key, Func<T, Func<string, string>, T> renamed)
    where T : class
{
    /// <summary>The most items of one layer.</summary>
    const int LongestPeriod = 4096;

    /// <summary>A block costs three lines, so it must save more than that.</summary>
    const int FewestSaved = 4;

    /// <summary>How far ahead to look for a longer repetition before taking a shorter one.</summary>
    const int Ahead = 64;

    readonly Leaf[] _leaves = Leaves(items, key, renamed);
    long _budget = 50_000_000 + 200L * items.Count;

    /// <summary>The folded list; deterministic.</summary>
    public IReadOnlyList<FoldedPart<T>> Fold() => Fold(_leaves, 0);

    List<FoldedPart<T>> Fold(Leaf[] leaves, int depth)
    {
        List<FoldedPart<T>> parts = [];
        if (depth == IndexForm.Indices.Length || leaves.Length < 2)
        {
            parts.AddRange(leaves.Select(Part));
            return parts;
        }
        int[] next = Next(leaves);
        Dictionary<int, Repetition> best = [];
        for (int at = 0; at < leaves.Length;)
        {
            Repetition found = Best(at);
            if (found.Saved < FewestSaved || IsBetterAhead(at, found))
            {
                best.Remove(at);
                parts.Add(Part(leaves[at++]));
                continue;
            }
            Leaf[] body = [.. Enumerable.Range(at, found.Period).Select(item => Repeated(leaves[item], leaves[item + found.Period]))];
            parts.Add(new(found.Count, null, Fold(body, depth + 1)));
            for (int end = at + found.Period * found.Count; at < end; at++) { best.Remove(at); }
        }
        return parts;

        Repetition Best(int at)
        {
            if (!best.TryGetValue(at, out Repetition known)) { best[at] = known = Longest(leaves, next, at); }
            return known;
        }

        bool IsBetterAhead(int at, Repetition found)
        {
            int end = Math.Min(at + Math.Min(found.Period * found.Count, Ahead), leaves.Length);
            for (int later = at + 1; later < end && found.Saved < leaves.Length - later - 1; later++)
            {
                if (Best(later).Saved > found.Saved) { return true; }
            }
            return false;
        }
    }

    /// <summary>The repetition starting at an item that saves the most; on a tie, the one with the shortest period.</summary>
    Repetition Longest(Leaf[] leaves, int[] next, int at)
    {
        Repetition best = default;
        for (int second = next[at]; second > 0 && second - at <= LongestPeriod && _budget > 0; second = next[second])
        {
            _budget--;
            int period = second - at;
            if (second + period > leaves.Length || best.Saved >= leaves.Length - second) { break; }       // no longer one saves more
            Repetition found = new(period, CountOf(leaves, at, period));
            if (found.Saved > best.Saved) { best = found; }
        }
        return best;
    }

    int CountOf(Leaf[] leaves, int start, int period)
    {
        int count = 1;
        for (int from = start; from + 2 * period <= leaves.Length; from += period, count++)
        {
            for (int item = from; item < from + period; item++)
            {
                _budget--;
                int first = start + (item - from);
                if (!Follows(leaves[item], leaves[item + period], leaves[first], leaves[first + period])) { return count; }
            }
        }
        return count;
    }

    /// <summary>Whether one item leads to the other by the same increments as the first of its kind leads to the second.</summary>
    static bool Follows(Leaf one, Leaf other, Leaf first, Leaf second)
    {
        if (one.Kind != other.Kind) { return false; }
        for (int i = 0; i < one.Numbers.Length; i++)
        {
            if (!one.Numbers[i].HasFactors(other.Numbers[i].Factors)) { return false; }
            if (other.Numbers[i].Constant - one.Numbers[i].Constant != second.Numbers[i].Constant - first.Numbers[i].Constant)
            {
                return false;
            }
        }
        return true;
    }

    static Leaf Repeated(Leaf first, Leaf second) => first with
    {
        Numbers = [.. first.Numbers.Zip(second.Numbers, (number, next)
            => new IndexForm(number.Constant, [.. number.Factors, next.Constant - number.Constant]))],
        IsRepeated = true,
    };

    FoldedPart<T> Part(Leaf leaf)
    {
        if (!leaf.IsRepeated) { return new(1, items[leaf.At], []); }
        int name = 0, number = 0;
        return new(1, renamed(items[leaf.At], _ =>
        {
            string[] texts = leaf.Names[name++].Texts;
            IndexForm[] numbers = leaf.Numbers[number..(number + texts.Length - 1)];
            number += numbers.Length;
            return new NamePattern(texts, numbers).ToString();
        }), []);
    }

    /// <summary>The next item of the same kind; 0 for none.</summary>
    static int[] Next(Leaf[] leaves)
    {
        int[] next = new int[leaves.Length];
        Dictionary<int, int> last = [];
        for (int at = 0; at < leaves.Length; at++)
        {
            if (last.TryGetValue(leaves[at].Kind, out int before)) { next[before] = at; }
            last[leaves[at].Kind] = at;
        }
        return next;
    }

    static Leaf[] Leaves(IReadOnlyList<T> items, Func<T, string> key, Func<T, Func<string, string>, T> renamed)
    {
        Dictionary<string, int> kinds = new(StringComparer.Ordinal);
        Leaf[] leaves = new Leaf[items.Count];
        for (int at = 0; at < leaves.Length; at++)
        {
            List<NamePattern> names = [];
            T nameless = renamed(items[at], name =>
            {
                names.Add(NamePattern.OfName(name));
                return "";
            });
            // The length prefixes mark where a text ends, so no character needs to be reserved.
            string kind = string.Concat(names.Select(name => string.Concat(name.Texts.Select(text => $"{text.Length}:{text}#")) + "/"))
                + key(nameless);
            if (!kinds.TryGetValue(kind, out int number)) { kinds.Add(kind, number = kinds.Count); }
            leaves[at] = new(at, number, [.. names], [.. names.SelectMany(name => name.Numbers)]);
        }
        return leaves;
    }

    /// <summary>An item that may become part of a block.</summary>
    sealed record Leaf(int At, int Kind, NamePattern[] Names, IndexForm[] Numbers)
    {
        public bool IsRepeated { get; init; }
    }

    readonly record struct Repetition(int Period, int Count)
    {
        public long Saved => Count < 2 ? 0 : (Count - 1L) * Period;
    }
}
