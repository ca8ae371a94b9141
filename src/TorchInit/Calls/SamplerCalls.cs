namespace TorchInit;

/// <summary>torch.utils.data's orders: the indices that a sampler gives, as an int64 tensor.</summary>
static class SamplerCalls
{
    public static readonly TensorRule[] Rules =
    [
        .. Names("RandomSampler", "data_source, replacement=False, num_samples=None, generator=None", (a, planner) =>
        {
            int items = Items(a, "data_source");
            long samples = a.OptionalLong("num_samples") ?? items;
            CheckSamples(samples);
            SampleOrder order = a.Bool("replacement") ? SampleOrder.RandomWithReplacement : SampleOrder.Random;
            return [Sampled(planner, order, items, samples)];
        }),
        .. Names("SubsetRandomSampler", "indices, generator=None", (a, planner) =>
        {
            PlannedTensor order = planner.New([Items(a, "indices")], DType.Int64);
            return [planner.Do(order, new RandPermStep(order.Target))];
        }),
        .. Names("WeightedRandomSampler", "weights, num_samples, replacement=True, generator=None", (a, planner) =>
        {
            double[] weights = [.. a.Items("weights").Select(weight => new PythonArgument("weights", weight).Number
                ?? throw a.Argument("weights").TypeError("numbers in a list", null))];
            CheckSamples(a.Long("num_samples"));
            PlannedTensor given = planner.New([weights.Length], DType.Float64);
            planner.Do(given, new DataStep(given.Target, weights));
            PlannedTensor order = planner.New([a.Long("num_samples")], DType.Int64);
            return [planner.Do(order, new MultinomialStep(order.Target, given.Memory, a.Bool("replacement")))];
        }),
        .. Names("random_split", "dataset, lengths, generator=None", Split),
    ];

    static TensorRule[] Names(string name, string signature, Func<BoundArguments, TensorPlanner, IReadOnlyList<PlannedTensor>> make)
        => [new(name, signature, make), new($"utils.data.{name}", signature, make)];

    static PlannedTensor Sampled(TensorPlanner planner, SampleOrder order, int items, long samples)
    {
        PlannedTensor indices = planner.New([samples], DType.Int64);
        return planner.Do(indices, new SampleStep(indices.Target, order, items));
    }

    static List<PlannedTensor> Split(BoundArguments a, TensorPlanner planner)
    {
        int items = Items(a, "dataset");
        long[] lengths = [.. a.Items("lengths").Select(length => new PythonArgument("lengths", length).Integer
            ?? throw a.Argument("lengths").TypeError("whole lengths in a list", null))];
        if (lengths.Any(length => length < 0) || lengths.Sum() != items)
        {
            throw a.Argument("lengths").ValueError($"lengths of 0 or more with the sum {items}",
                "Sum of input lengths does not equal the length of the input dataset!");
        }
        PlannedTensor order = planner.New([items], DType.Int64);
        planner.Do(order, new RandPermStep(order.Target));
        List<PlannedTensor> parts = [];
        long at = 0;
        foreach (long length in lengths)
        {
            PlannedTensor part = planner.New([length], DType.Int64);
            parts.Add(planner.Do(part, new CopyStep(part.Target, new(order.Memory, at, [length]))));
            at += length;
        }
        return parts;
    }

    /// <summary>range(n) or [0, 1, …]: only how many items there are matters.</summary>
    static int Items(BoundArguments a, string name) => a[name] switch
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
