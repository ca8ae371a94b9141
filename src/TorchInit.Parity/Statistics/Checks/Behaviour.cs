namespace TorchInit.Parity;

/// <summary>What no distribution shows: that a seed gives one answer, that the seed matters, that the generator advances, that threads and
/// shards do not matter.</summary>
static class Behaviour
{
    public const string Replay = "same seed, same bits";
    public const string Seeds = "other seed, other bits";
    public const string Workers = "workers differ";
    public const string Advance = "generator advances";
    public const string Threads = "any number of threads";
    public const string ShardsOfWhole = "shards of the whole";

    public static IReadOnlyList<string> Names { get; } = [Replay, Seeds, Workers, Advance, Threads, ShardsOfWhole];

    /// <summary>The names of the rules that the initialiser breaks for this request.</summary>
    public static IEnumerable<string> Broken(Initialiser initialiser, DrawRequest request)
    {
        Drawn first = initialiser.Draw(request);
        if (!Same(first.Tensors, initialiser.Draw(request).Tensors)) { yield return Replay; }
        if (!IsRandom(request)) { yield break; }
        if (Same(first.Tensors, initialiser.Draw(request with { Seed = request.Seed + 1 }).Tensors)) { yield return Seeds; }
        if (Same(Draw(0).Tensors, Draw(1).Tensors)) { yield return Workers; }
        if (!Advanced(request, first)) { yield return Advance; }
        if (new[] { 2, 3, 8 }.Any(threads => !Same(first.Tensors, initialiser.Draw(request with { Threads = threads }).Tensors)))
        {
            yield return Threads;
        }
        if (first.Tensors.First().Value.Shape is [> 1, ..] && !ShardsAgree(initialiser, request, first)) { yield return ShardsOfWhole; }

        Drawn Draw(int worker) => initialiser.Draw(request with { Seed = initialiser.SeedOf(request.Seed, worker) });
    }

    static bool IsRandom(DrawRequest request) => request.Plan.Words(request.DType) is not 0;

    static bool Advanced(DrawRequest request, Drawn drawn)
    {
        if (drawn.State.Length == 0) { return true; }
        Generator expected = new(request.Seed, request.Plan.Profile);
        if (request.Plan.Words(request.DType) is not { } words) { return !drawn.State.AsSpan().SequenceEqual(expected.GetState()); }
        expected.Advance(words);
        if (request.Plan.Profile.Gpu is not null) { return drawn.State.AsSpan().SequenceEqual(expected.GetState()); }    // seed and offset
        // The words say nothing about a cached normal sample; the engine's part of the state is compared.
        Generator actual = new(request.Seed, request.Plan.Profile);
        actual.SetState(drawn.State);
        return actual.NextUInt64() == expected.NextUInt64();
    }

    static bool ShardsAgree(Initialiser initialiser, DrawRequest request, Drawn whole) => Enumerable.Range(0, 2).All(index =>
        Same(Shards.Cut(whole.Tensors, (index, 2)), initialiser.Draw(request with { Shard = (index, 2) }).Tensors));

    public static bool Same(StateDict left, StateDict right) => left.Keys.SequenceEqual(right.Keys)
        && left.All(pair => Same(pair.Value, right[pair.Key]));

    static bool Same(TensorBuffer left, TensorBuffer right)
        => left.DType == right.DType && left.Count == right.Count && left.Bytes(0, left.Count).SequenceEqual(right.Bytes(0, right.Count));
}
