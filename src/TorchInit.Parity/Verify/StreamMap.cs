namespace TorchInit.Parity;

/// <summary>Where in the stream of a seed a step's draws are.</summary>
/// <param name="Words">The step and its words.</param>
/// <param name="Found">The first of its words in the stream; null if it was not found, or cannot be determined.</param>
sealed record StreamPlace(DrawnWords Words, long? Found)
{
    /// <summary>How many words late; negative for early.</summary>
    public long? Late => Found - Words.Start;
}

/// <summary>
/// Looks for a plan's steps in a seed's stream, whatever was drawn in between: this exposes a port that draws in another order, or draws
/// extra values, however far off it is. Words are scanned at about a nanosecond each.
/// </summary>
static class StreamMap
{
    /// <summary>Words searched after the plan's last, over all steps; each step gets its share.</summary>
    const long Beyond = 1 << 28;
    const long LeastBeyond = 1 << 22;

    // By chance, a match begins at fewer than one word in 2⁶⁴.
    const double Certain = 5e-20;
    const int Run = 1 << 16;

    /// <summary>Finds the steps; null if the values of one do not reveal its words, since then nothing can be redrawn from the
    /// places found.</summary>
    public static IReadOnlyList<StreamPlace>? Of(DistributionCase item, StateDict weights, ulong seed)
    {
        if (item.Plan.Profile.Gpu is not null) { return null; }        // a counter has no sequence of words to search
        IReadOnlyList<DrawnWords> drawn = DrawnWords.Of(item.Plan, weights, item.DType);
        if (drawn.Any(words => words.Count == 0)) { return null; }
        long end = drawn.Sum(words => words.Count) + Math.Max(LeastBeyond, Beyond / Math.Max(1, drawn.Count));
        long?[] found = Scan(new Generator(seed, item.Plan.Profile), end,
            [.. drawn.Select(words => words.Share <= Certain ? words.Ranges.OrderBy(range => range.Share).ToArray() : [])]);
        return [.. drawn.Zip(found, (words, place) => new StreamPlace(words, place))];
    }

    /// <summary>What the plan would draw with its steps at these places; a step that was not found begins where the one before it
    /// ends.</summary>
    public static StateDict Redraw(DistributionCase item, ulong seed, IReadOnlyList<StreamPlace> places)
    {
        Dictionary<int, StreamPlace> byStep = places.ToDictionary(place => place.Words.Step);
        return Replay.Of(item.Plan, seed, item.DType, (at, generator) =>
        {
            if (!byStep.TryGetValue(at, out StreamPlace? place) || place.Found is not { } found) { return; }
            double? cached = generator.CachedNormal;
            generator.ManualSeed(seed);
            generator.Advance(found);
            generator.CachedNormal = cached;
        });
    }

    static long?[] Scan(Generator generator, long end, WordRange[][] wanted)
    {
        long?[] found = new long?[wanted.Length];
        int margin = wanted.SelectMany(ranges => ranges).Select(range => (int)range.Index + 1).DefaultIfEmpty(0).Max();
        uint[] words = new uint[Run + margin];
        generator.NextWords(words.AsSpan(Run, margin));
        for (long at = 0; at < end && found.Zip(wanted).Any(pair => pair.First is null && pair.Second.Length > 0); at += Run)
        {
            words.AsSpan(Run, margin).CopyTo(words);
            generator.NextWords(words.AsSpan(margin));
            for (int step = 0; step < wanted.Length; step++)
            {
                if (found[step] is null && wanted[step].Length > 0 && First(words.AsSpan(0, Run + margin), wanted[step]) is { } place)
                {
                    found[step] = at + place;
                }
            }
        }
        return found;
    }

    /// <summary>The first of the run's places at which all words fit.</summary>
    static int? First(ReadOnlySpan<uint> words, WordRange[] narrowestFirst)
    {
        WordRange anchor = narrowestFirst[0];
        ReadOnlySpan<uint> anchors = words.Slice((int)anchor.Index, Run);
        for (int place = 0; place < anchors.Length; place++)
        {
            if (!anchor.Holds(anchors[place])) { continue; }
            bool all = true;
            foreach (WordRange range in narrowestFirst)
            {
                if (!range.Holds(words[place + (int)range.Index])) { all = false; break; }
            }
            if (all) { return place; }
        }
        return null;
    }
}
