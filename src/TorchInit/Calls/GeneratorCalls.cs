namespace TorchInit;

/// <summary><c>torch.Generator()</c> and draws from it: the text contains its seed, so its values are known when the plan is made and use
/// nothing of the plan's stream.</summary>
static class GeneratorCalls
{
    public static readonly TensorRule[] Rules =
    [
        new("Generator", "device='cpu'", (a, planner) => [planner.NewGenerator(Generator.DefaultSeed)]),
        TensorRule.Method("manual_seed", "seed", (a, planner, generator) =>
        {
            (planner.GeneratorOf(generator) ?? throw a.Argument("input").TypeError("torch.Generator()", null))
                .ManualSeed(a.Argument("seed") is { Integer: { } seed } ? unchecked((ulong)seed)
                    : throw a.Argument("seed").TypeError("a 64-bit integer", null));
            return generator;
        }),
    ];

    /// <summary>Whether a call returns a generator, which is not a tensor.</summary>
    public static bool IsGenerator(TorchCall call)
        => call.Name == "Generator" || (call.Name == "manual_seed" && call.Arguments is [TorchCall inner, ..] && IsGenerator(inner));

    /// <summary>The generator argument; null for None.</summary>
    /// <exception cref="TorchArgumentException">The argument is not a generator.</exception>
    public static Generator? Of(BoundArguments a, TensorPlanner planner) => a["generator"] switch
    {
        TorchNone => null,
        TorchCall call when IsGenerator(call) => planner.GeneratorOf(planner.Evaluate(call)[0]),
        _ => throw a.Argument("generator").TypeError("None, or torch.Generator().manual_seed(42)", null),
    };

    /// <summary>Refuses a generator argument of a function whose draws from it are not followed.</summary>
    public static void Refuse(BoundArguments a, string name)
    {
        if (!a.Has("generator") || a.IsNone("generator")) { return; }
        throw a["generator"] is TorchCall call && IsGenerator(call)
            ? new NotFollowedException($"A generator argument is not followed in {name}; allowed there: None. Samplers, DataLoader, "
                + "random_split, randperm and randint accept one.")
            : a.Argument("generator").TypeError("None", null);
    }

    /// <summary>A permutation: known if the text has its own generator; drawn by the plan if <paramref name="generator"/> is
    /// null.</summary>
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

    /// <summary>A tensor of known integers.</summary>
    public static PlannedTensor Given(TensorPlanner planner, ReadOnlySpan<long> values, long[]? shape = null)
    {
        PlannedTensor given = planner.New(shape ?? [values.Length], DType.Int64);
        double[] doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++) { doubles[i] = values[i]; }
        return planner.Do(given, new DataStep(given.Target, doubles));
    }
}
