namespace TorchInit;

/// <summary><c>torch.Generator()</c> and what draws from one: its seed stands in the text, so that what it gives is known when the plan is
/// made and takes nothing of the plan's own stream.</summary>
static class GeneratorCalls
{
    public static readonly TensorRule[] Rules =
    [
        new("Generator", "device='cpu'", (a, planner) => [planner.NewGenerator(Generator.DefaultSeed)]),
        TensorRule.Method("manual_seed", "seed", (a, planner, generator) =>
        {
            (planner.GeneratorOf(generator) ?? throw a.Argument("input").TypeError("torch.Generator()", null))
                .ManualSeed(a.Argument("seed") is { Integer: { } seed } ? unchecked((ulong)seed)
                    : throw a.Argument("seed").TypeError("a whole number of 64 bits", null));
            return generator;
        }),
    ];

    /// <summary>Whether a call gives a generator, which is no tensor.</summary>
    public static bool IsGenerator(TorchCall call)
        => call.Name == "Generator" || (call.Name == "manual_seed" && call.Arguments is [TorchCall inner, ..] && IsGenerator(inner));

    /// <summary>The generator that was given; null for None.</summary>
    /// <exception cref="TorchArgumentException">It is another value.</exception>
    public static Generator? Of(BoundArguments a, TensorPlanner planner) => a["generator"] switch
    {
        TorchNone => null,
        TorchCall call when IsGenerator(call) => planner.GeneratorOf(planner.Evaluate(call)[0]),
        _ => throw a.Argument("generator").TypeError("None, or torch.Generator().manual_seed(42)", null),
    };

    /// <summary>Refuses a generator where what is drawn from it is not followed.</summary>
    public static void Refuse(BoundArguments a, string name)
    {
        if (!a.Has("generator") || a.IsNone("generator")) { return; }
        throw a["generator"] is TorchCall call && IsGenerator(call)
            ? new NotFollowedException($"A generator of its own is not followed in {name}; allowed there: None. Samplers, DataLoader, "
                + "random_split, randperm and randint take one.")
            : a.Argument("generator").TypeError("None", null);
    }

    /// <summary>A permutation: of the text's own generator, which is known, or drawn by the plan where that is null.</summary>
    public static PlannedTensor Permutation(TensorPlanner planner, int items, Generator? generator)
    {
        if (generator is null)
        {
            PlannedTensor drawn = planner.New([items], DType.Int64);
            return planner.Do(drawn, new RandPermStep(drawn.Target));
        }
        long[] order = new long[items];
        Draws.RandPerm(order, generator);
        return Given(planner, order);
    }

    /// <summary>A tensor of whole numbers that are known.</summary>
    public static PlannedTensor Given(TensorPlanner planner, ReadOnlySpan<long> values, long[]? shape = null)
    {
        PlannedTensor given = planner.New(shape ?? [values.Length], DType.Int64);
        double[] doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++) { doubles[i] = values[i]; }
        return planner.Do(given, new DataStep(given.Target, doubles));
    }
}
