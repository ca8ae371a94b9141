namespace TorchInit;

/// <summary>The orders of torch.utils.data: a sampler's indices, as an int64 tensor.</summary>
static class SamplerCalls
{
    public static readonly TensorRule[] Rules =
    [
        .. Names("RandomSampler", "data_source, replacement=False, num_samples=None, generator=None", (a, planner) =>
        {
            int items = Items(a, "data_source");
            long samples = a.OptionalLong("num_samples") ?? items;
            CheckSamples(samples);
            if (GeneratorCalls.Of(a, planner) is { } generator)
            {
                return [GeneratorCalls.Given(planner,
                    Samplers.RandomWithGenerator(items, generator, a.Bool("replacement"), checked((int)samples)))];
            }
            GeneratorCalls.RefuseOnGpu(a, planner);
            SampleOrder order = a.Bool("replacement") ? SampleOrder.RandomWithReplacement : SampleOrder.Random;
            return [Sampled(planner, order, items, samples)];
        }),
        .. Names("SubsetRandomSampler", "indices, generator=None", (a, planner)
            => [GeneratorCalls.Permutation(planner, Items(a, "indices"), GeneratorCalls.Of(a, planner))]),
        .. Names("WeightedRandomSampler", "weights, num_samples, replacement=True, generator=None", (a, planner) =>
        {
            double[] weights = [.. a.Items("weights").Select(weight => new PythonArgument("weights", weight).Number
                ?? throw a.Argument("weights").TypeError("a list of numbers", null))];
            CheckSamples(a.Long("num_samples"));
            if (GeneratorCalls.Of(a, planner) is { } generator)
            {
                return [GeneratorCalls.Given(planner,
                    Samplers.WeightedRandom(weights, checked((int)a.Long("num_samples")), generator, a.Bool("replacement")))];
            }
            PlannedTensor given = planner.New([weights.Length], DType.Float64);
            planner.Do(given, new DataStep(given.Target, weights));
            PlannedTensor order = planner.New([a.Long("num_samples")], DType.Int64);
            return [planner.Do(order, new MultinomialStep(order.Target, given.Memory, a.Bool("replacement")))];
        }),
        .. Names("random_split", "dataset, lengths, generator=None", Split),
    ];

    static TensorRule[] Names(string name, string signature, Func<BoundArguments, TensorPlanner, IReadOnlyList<PlannedTensor>> make)
        => [new(name, signature, make) { TakesGenerator = true }, new($"utils.data.{name}", signature, make) { TakesGenerator = true }];

    /// <summary>Whether a call is a sampler, which draws when its order is requested.</summary>
    public static bool IsSampler(TorchCall call) => call.Name.EndsWith("Sampler", StringComparison.Ordinal);

    /// <summary>Whether a call draws each time it is iterated over, not when it is created.</summary>
    public static bool IsOrder(TorchCall call) => IsSampler(call) || call.Name.EndsWith("DataLoader", StringComparison.Ordinal);

    public static PlannedTensor Sampled(TensorPlanner planner, SampleOrder order, int items, long samples)
    {
        PlannedTensor indices = planner.New([samples], DType.Int64);
        return planner.Do(indices, new SampleStep(indices.Target, order, items));
    }

    static List<PlannedTensor> Split(BoundArguments a, TensorPlanner planner)
    {
        int items = Items(a, "dataset");
        long[] lengths = Lengths(a, items);
        if (lengths.Any(length => length < 0) || lengths.Sum() != items)
        {
            throw a.Argument("lengths").ValueError($"lengths of 0 or more that sum to {items}",
                "Sum of input lengths does not equal the length of the input dataset!");
        }
        Generator? generator = GeneratorCalls.Of(a, planner);
        if (generator is null) { GeneratorCalls.RefuseOnGpu(a, planner); }
        return Parts(planner, GeneratorCalls.Permutation(planner, items, generator), lengths);
    }

    /// <summary>Cuts an order into tensors of these lengths, named by number.</summary>
    public static List<PlannedTensor> Parts(TensorPlanner planner, PlannedTensor order, IEnumerable<long> lengths)
    {
        List<PlannedTensor> parts = [];
        long at = 0;
        foreach (long length in lengths)
        {
            PlannedTensor part = planner.New([length], DType.Int64);
            parts.Add(planner.Do(part, new CopyStep(part.Target, new(order.Memory, at, [length]))) with { Key = $"{parts.Count}" });
            at += length;
        }
        return parts;
    }

    /// <summary>Lengths, or fractions that sum to 1: these are rounded down, and the remaining items are dealt out in turn.</summary>
    static long[] Lengths(BoundArguments a, int items)
    {
        double[] shares = [.. a.Items("lengths").Select(length => new PythonArgument("lengths", length).Number
            ?? throw a.Argument("lengths").TypeError("a list of numbers", null))];
        double sum = 0;
        foreach (double share in shares) { sum += share; }
        if (sum is > 1 or < 1 - 1e-9 || shares.Length == 0)
        {
            return [.. a.Items("lengths").Select(length => new PythonArgument("lengths", length).Integer
                ?? throw a.Argument("lengths").TypeError("integer lengths, or fractions that sum to 1", null))];
        }
        int wrong = Array.FindIndex(shares, share => share is not (>= 0 and <= 1));
        if (wrong >= 0)
        {
            throw a.Argument("lengths").ValueError("fractions from 0 to 1", $"Fraction at index {wrong} is not between 0 and 1");
        }
        long[] lengths = [.. shares.Select(share => (long)Math.Floor(items * share))];
        long left = items - lengths.Sum();
        for (long i = 0; i < left; i++) { lengths[i % lengths.Length]++; }
        return lengths;
    }

    /// <summary>range(n) or [0, 1, …]: only the number of items matters.</summary>
    public static int Items(BoundArguments a, string name) => a[name] switch
    {
        TorchCall { Name: "range", Arguments: [TorchInt { Value: >= 0 and <= int.MaxValue } n], Keywords: [] } => (int)n.Value,
        TorchList list when list.Items.Select((item, at) => item is TorchInt number && number.Value == at).All(same => same)
            => list.Items.Count,
        _ => throw a.Argument(name).TypeError("range(n)", null),
    };

    static void CheckSamples(long samples)
    {
        if (samples <= 0)
        {
            throw TorchArgumentException.ValueError("num_samples", samples, "1 or more",
                $"num_samples should be a positive integer value, but got num_samples={samples}");
        }
    }
}
