namespace TorchInit.Tests.Plans;

/// <summary>Any number of threads gives the bytes and the state of one.</summary>
public class ParallelTests
{
    static readonly string[] s_expressions =
    [
        "Linear(300, 200)", "Conv2d(3, 64, 7)", "LSTM(20, 30, num_layers=2)", "Embedding(100, 33, padding_idx=3)",
            "Linear(3, 5, bias=False)",
        "MultiheadAttention(48, 4)", "Transformer(16, 2, 2, 2, 24)", "utils.weight_norm(Linear(20, 30))", "LayerNorm(7)",
        "utils.spectral_norm(utils.weight_norm(Linear(20, 30)), name='weight_v')",
            "parametrizations.spectral_norm(parametrizations.spectral_norm(Conv2d(2, 4, 3)))",
    ];

    public static TheoryData<string, DType> Plans => new(
        from expression in s_expressions
        from dtype in new[] { DType.Float32, DType.Float64, DType.Float16, DType.BFloat16 }
        select (expression, dtype));

    static Dictionary<string, TensorBuffer> Run(InitPlan plan, Generator generator, DType dtype, Action<StepContext> run)
    {
        PlanTensors tensors = plan.Allocate(dtype);
        run(new(generator, tensors));
        return plan.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensors[tensor.Name]);
    }

    /// <summary>A start that costs nothing makes every plan one that threads share, however small.</summary>
    internal static void Compare(InitPlan plan, Generator start, DType dtype)
    {
        Generator serial = start.Clone();
        Dictionary<string, TensorBuffer> expected = Run(plan, serial, dtype, context =>
        {
            foreach (PlacedStep step in plan.Placed) { context.Run(step); }
        });
        for (int threads = 1; threads <= 16; threads++)
        {
            Generator generator = start.Clone();
            Dictionary<string, TensorBuffer> actual = Run(plan, generator, dtype, context
                => new PlanRunner(plan, context, threads, startNanoseconds: 0).Run(plan.Placed));
            foreach ((string name, TensorBuffer tensor) in expected)
            {
                Assert.True(tensor.Bytes(0, tensor.Count).SequenceEqual(actual[name].Bytes(0, tensor.Count)), $"{name}, {threads} threads");
            }
            Assert.Equal(serial.GetState(), generator.GetState());
        }
    }

    [Theory, MemberData(nameof(Plans))]
    public void Modules(string expression, DType dtype)
    {
        foreach (string version in (string[])["2.10", "2.15"])
        {
            InitPlan plan = InitPlan.Of(expression, TorchProfile.For(version));
            Generator start = new(11L, plan.Profile);
            Compare(plan, start, dtype);
            Init.Normal<float>(new float[3], start);
            Assert.True(start.HasCachedNormal);
            Compare(plan, start, dtype);
        }
    }

    /// <summary>Long and short normals, views, tensors that are drawn twice, whole and in part: whatever decides where a cut may
    /// lie.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Plans_of_any_steps(int seed)
    {
        Random random = new(seed);
        InitPlan plan = AnySteps(seed, random, TorchProfile.Default);
        Compare(plan, new(seed, plan.Profile), seed % 2 == 0 ? DType.Float32 : DType.Float64);
        SliceTests.Compare(plan, new(seed, plan.Profile), DType.Float32, random);
    }

    internal static InitPlan AnySteps(int seed, Random random, TorchProfile profile)
    {
        string[] names = ["a", "b", "c", "d"];
        long[] sizes = [.. names.Select(_ => (long)random.Next(1, random.Next(2) == 0 ? 60 : 3000))];
        List<InitStep> steps = [];
        for (int i = 0; i < 14; i++)
        {
            int tensor = random.Next(names.Length);
            long count = random.Next(3) > 0 ? sizes[tensor] : random.Next(1, (int)sizes[tensor] + 1);
            StepTarget target = count == sizes[tensor] ? names[tensor]
                : new StepTarget(names[tensor], random.NextInt64(sizes[tensor] - count + 1), [count]);
            if (count > 4 && random.Next(5) == 0) { target = new(names[tensor], 0, [sizes[tensor] / 2], [2]); }
            steps.Add(random.Next(6) switch
            {
                0 or 1 => new UniformStep(target, -0.3, 0.41),
                2 or 3 or 4 => new NormalStep(target, 0.1, 0.37),
                _ => new FillStep(target, seed),
            });
        }
        return new($"plan {seed}", profile, [.. names.Select((name, i) => new ParameterSpec(name, [sizes[i]]))], steps);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Fact]
    public void Real_threads_on_real_work()
    {
        InitPlan plan = InitPlan.Of("Linear(3000, 2001)");
        Generator one = new(5L), all = new(5L);
        StateDict expected = plan.Materialize(one, maxDegreeOfParallelism: 1);
        StateDict actual = plan.Materialize(all, maxDegreeOfParallelism: 7);
        AssertBits.Equal(expected["weight"].AsSpan<float>(), actual["weight"].AsSpan<float>());
        AssertBits.Equal(expected["bias"].AsSpan<float>(), actual["bias"].AsSpan<float>());
        Assert.Equal(one.GetState(), all.GetState());
    }

    [Theory, InlineData(0), InlineData(-2)]
    public void Refuses_other_degrees(int degree)
        => Assert.Throws<ArgumentOutOfRangeException>(() => InitPlan.Of("Linear(2, 3)").Materialize(0, DType.Float32, degree));
}
