namespace TorchInit;

/// <summary><c>torch.Generator()</c> and draws from it: the text contains its seed, so its values are known when the plan is made and use
/// nothing of the plan's stream.</summary>
static class GeneratorCalls
{
    public static readonly TensorRule[] Rules =
    [
        new("Generator", "device='cpu'", (a, planner) => [planner.NewGenerator(new(Generator.DefaultSeed, ProfileOf(a, planner)))]),
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
    /// <exception cref="TorchArgumentException">The argument is not a generator, or one of another device than the draw's.</exception>
    public static Generator? Of(BoundArguments a, TensorPlanner planner)
    {
        if (a["generator"] is TorchNone) { return null; }
        if (a["generator"] is not TorchCall call || !IsGenerator(call))
        {
            throw a.Argument("generator").TypeError("None, or torch.Generator().manual_seed(42)", null);
        }
        Generator? generator = planner.GeneratorOf(planner.Evaluate(call)[0]);
        bool isOnGpu = DeviceArgument.IsGpu(planner.Devices.Of(a.Source));
        return generator is null || generator.Profile.Gpu is not null == isOnGpu ? generator
            : throw Samplers.WrongDevice(a["generator"], isOnGpu, "a generator of the draw's device: "
                + (isOnGpu ? "torch.Generator('cuda').manual_seed(42)" : "torch.Generator().manual_seed(42)"));
    }

    /// <summary>Refuses a sampler that draws from a CPU generator where the GPU is the default device.</summary>
    public static void RefuseOnGpu(BoundArguments a, TensorPlanner planner)
    {
        if (planner.Profile.Gpu is null) { return; }
        throw Samplers.WrongDevice(a["generator"], isOnGpu: true, "torch.Generator('cuda').manual_seed(42), or the CPU as the device");
    }

    static TorchProfile ProfileOf(BoundArguments a, TensorPlanner planner)
    {
        PythonArgument device = a.Argument("device");
        DeviceArgument.CheckKnown(device);
        return !DeviceArgument.IsGpu(DeviceArgument.NameOf(device.Value) ?? DeviceArgument.Cpu) ? planner.Profile.On("cpu")
            : planner.Profile.Gpu is not null ? planner.Profile : TorchProfile.For(TorchProfile.MeasuredOnCuda).On("cuda");
    }

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
