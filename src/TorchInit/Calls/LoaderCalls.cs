namespace TorchInit;

/// <summary>One epoch of a DataLoader over <c>range(n)</c>: its batches, each a tensor of indices.</summary>
static class LoaderCalls
{
    const string Signature = "dataset, batch_size=1, shuffle=None, sampler=None, batch_sampler=None, num_workers=0, collate_fn=None, "
        + "pin_memory=False, drop_last=False, timeout=0, worker_init_fn=None, multiprocessing_context=None, generator=None, *, "
        + "prefetch_factor=None, persistent_workers=False, pin_memory_device=''";

    // "epoch" is list(loader) in a text of statements.
    public static readonly TensorRule[] Rules =
    [
        new("DataLoader", Signature, Epoch) { TakesGenerator = true },
        new("utils.data.DataLoader", Signature, Epoch) { TakesGenerator = true },
        new("epoch", "order", (a, planner) => TensorTable.Apply(a.Call("order"), planner)),
    ];

    /// <summary>Draws the base seed first, shuffled or not, then the order.</summary>
    static List<PlannedTensor> Epoch(BoundArguments a, TensorPlanner planner)
    {
        foreach (string name in new[] { "batch_sampler", "collate_fn" })
        {
            if (!a.IsNone(name)) { throw new NotFollowedException($"{name} of a DataLoader is not followed; allowed: None."); }
        }
        int items = SamplerCalls.Items(a, "dataset");
        long size = a["batch_size"] is TorchNone
            ? throw new NotFollowedException("batch_size=None (single indices) is not followed; allowed: 1 or more.")
            : a.Long("batch_size");
        if (size <= 0)
        {
            throw TorchArgumentException.ValueError("batch_size", size, "1 or more",
                $"batch_size should be a positive integer value, but got batch_size={size}");
        }
        bool shuffle = !a.IsNone("shuffle") && a.Bool("shuffle");
        PlannedTensor order = a.IsNone("sampler") ? Order(a, planner, items, shuffle)
            : shuffle ? throw TorchArgumentException.ValueError("shuffle", true, "False, if a sampler is given",
                "sampler option is mutually exclusive with shuffle")
            : Sampled(a, planner);
        return SamplerCalls.Parts(planner, order, Lengths(order.Count, size, a.Bool("drop_last")));
    }

    static PlannedTensor Order(BoundArguments a, TensorPlanner planner, int items, bool shuffle)
    {
        if (shuffle && items == 0)
        {
            throw TorchArgumentException.ValueError("num_samples", 0, "1 or more",
                "num_samples should be a positive integer value, but got num_samples=0");
        }
        Generator? generator = GeneratorCalls.Of(a, planner);
        if (shuffle && generator is null)
        {
            GeneratorCalls.RefuseOnGpu(a, planner);
            return SamplerCalls.Sampled(planner, SampleOrder.Epoch, items, items);
        }
        BaseSeed(planner, generator);
        return GeneratorCalls.Given(planner, shuffle ? Samplers.RandomWithGenerator(items, generator!)
            : [.. Enumerable.Range(0, items).Select(item => (long)item)]);
    }

    /// <summary>A sampler made in the call draws after the base seed.</summary>
    static PlannedTensor Sampled(BoundArguments a, TensorPlanner planner)
    {
        if (a["sampler"] is not TorchCall sampler || !SamplerCalls.IsSampler(sampler) || planner.Made(sampler) is not null)
        {
            throw new NotFollowedException($"The sampler {a["sampler"]} is not followed; allowed: a sampler made in the call, for "
                + "example SubsetRandomSampler(range(10)).");
        }
        BaseSeed(planner, GeneratorCalls.Of(a, planner));
        return planner.Evaluate(sampler)[0];
    }

    static void BaseSeed(TensorPlanner planner, Generator? generator)
    {
        if (generator is not null)
        {
            _ = Samplers.BaseSeed(generator);
            return;
        }
        PlannedTensor seed = planner.New([1], DType.Int64);
        planner.Do(seed, new RandomStep(seed.Target));
    }

    static IEnumerable<long> Lengths(long items, long size, bool dropLast)
    {
        for (long at = 0; at < items; at += size)
        {
            long count = Math.Min(size, items - at);
            if (dropLast && count < size) { yield break; }
            yield return count;
        }
    }
}
