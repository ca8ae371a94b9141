using System.Reflection;

namespace TorchInit.Tests.Structure;

/// <summary>What a stranger tries first: are two equal things equal, what does a thing say that it is, and what is said of null.</summary>
public class ReadAloudTests
{
    public static TheoryData<object, object, object> Equals_ => new()
    {
        { new ParameterSpec("w", [3, 4]), new ParameterSpec("w", [3, 4]), new ParameterSpec("w", [4, 3]) },
        { new StepTarget("w", 1, [3, 4], [4, 1]), new StepTarget("w", 1, [3, 4], [4, 1]), new StepTarget("w", 1, [3, 4], [1, 3]) },
        { new UniformStep(new("w", 0, [2]), 0, 1), new UniformStep(new("w", 0, [2]), 0, 1), new UniformStep(new("w", 0, [3]), 0, 1) },
        { new CopyStep("w", new("v", 0, [2])), new CopyStep("w", new("v", 0, [2])), new CopyStep("w", new("v", 1, [2])) },
        { new DataStep("w", [1, 2]), new DataStep("w", [1, 2]), new DataStep("w", [1, 3]) },
        { new TensorLiteral([1, 2], false), new TensorLiteral([1, 2], false), new TensorLiteral([1, 2], true) },
        { new TorchTuple(new TorchInt(1)), new TorchTuple(new TorchInt(1)), new TorchTuple(new TorchInt(2)) },
        { new TorchDict([new("a", new TorchInt(1))]), new TorchDict([new("a", new TorchInt(1))]),
            new TorchDict([new("a", new TorchInt(2))]) },
        { TorchExpression.Parse("Linear(3, 4)"), TorchExpression.Parse("Linear(3,4)"), TorchExpression.Parse("Linear(4, 3)") },
        { TorchProfile.For("2.6"), TorchProfile.For("2.6.0+cu124"), TorchProfile.For("2.7") },
        { new Shard(1, 2), new Shard(1, 2), new Shard(2, 2) },
    };

    [Theory, MemberData(nameof(Equals_))]
    public void Equal_things_are_equal(object one, object same, object other)
    {
        Assert.True(one.Equals(same));
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.False(one.Equals(other));
    }

    /// <summary>A record of this library that holds a list compares what is in it.</summary>
    [Fact]
    public void Every_record_with_a_list_compares_it()
    {
        string[] ours = [.. Equals_.Select(row => row.Data.Item1.GetType().Name)];
        IEnumerable<Type> records = typeof(InitPlan).Assembly.GetExportedTypes().Where(type
            => type.GetMethod("<Clone>$") is not null || type is { IsValueType: true, IsEnum: false }
            && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null);
        Type[] withLists = [.. records.Where(type
            => type.GetProperties().Any(property
            => property.PropertyType.IsArray || property.PropertyType.IsGenericType
            && property.PropertyType.Name.StartsWith("IReadOnlyList", StringComparison.Ordinal)))];
        Assert.NotEmpty(withLists);
        Assert.All(withLists, type => Assert.NotNull(type.GetMethod("Equals", [type])));
        Assert.Empty(withLists.Select(type => type.Name).Except(ours).Except(["TorchList"]));
    }

    [Fact]
    public void Things_say_what_they_are()
    {
        StateDict state = Modules.Linear(784, 128).Materialize(42);
        Assert.Equal("2 tensors, 100,480 elements: weight (128, 784), bias (128,)", state.ToString());
        Assert.StartsWith("tensor([[", state["weight"].ToString(), StringComparison.Ordinal);
        Assert.Equal("tensor(7)", TensorBuffer.Of([7L], []).ToString());
        Assert.Equal("tensor([], size=(0, 3), dtype=torch.float16)", TensorBuffer.Zeros(DType.Float16, [0, 3]).ToString());
        Assert.Equal("seed 42, torch 2.15 linux-x64 avx2", new Generator(42L).ToString());
        Assert.Equal("1 tensor, 0 elements: a (0,)", new StateDict { { "a", TensorBuffer.Zeros(DType.BFloat16, [0]) } }.ToString());
    }

    [Fact]
    public void Types_are_asked_by_their_own_name()
    {
        Assert.Equal(DType.BFloat16, DType.Parse("torch.bfloat16"));
        Assert.Equal(DType.Float16, DType.Of<Half>());
        Assert.Equal(TorchPlatform.LinuxArm64, TorchPlatform.Parse("linux-arm64"));
    }

    [Fact]
    public void Seeds_of_64_bits_go_everywhere()
    {
        InitPlan plan = Modules.Linear(3, 4);
        ulong seed = Generator.ParseSeed("18446744073709551615");
        AssertBits.Equal(plan.Materialize(-1)["weight"].AsSpan<float>(), plan.Materialize(seed)["weight"].AsSpan<float>());
        AssertBits.Equal(plan.MaterializeSlice("weight", 2, 3, -1).AsSpan<float>(), plan.MaterializeSlice("weight", 2, 3,
            seed).AsSpan<float>());
    }

    [Fact]
    public async Task Files_are_written_in_the_background_too()
    {
        InitPlan plan = Modules.Linear(30, 40);
        string path = Path.Combine(Directory.CreateTempSubdirectory("async-").FullName, "model");
        try
        {
            await plan.MaterializeToAsync(path, 7UL, cancellation: TestContext.Current.CancellationToken);
            StateDict read = await Safetensors.LoadAsync(path, TestContext.Current.CancellationToken);
            AssertBits.Equal(plan.Materialize(7)["weight"].AsSpan<float>(), read["weight"].AsSpan<float>());
            await Safetensors.SaveAsync(path, read, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal(read.Keys, Safetensors.Load(path).Keys);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(()
                => plan.MaterializeToAsync(path, 7UL, cancellation: new(canceled: true)));
            await Assert.ThrowsAsync<FileNotFoundException>(()
                => Safetensors.LoadAsync(path + "no", TestContext.Current.CancellationToken));
        }
        finally { Directory.Delete(Path.GetDirectoryName(path)!, recursive: true); }
    }

    [Fact]
    public void Materializing_can_be_called_off()
    {
        InitPlan plan = InitPlan.Of("Sequential(Linear(300, 400), Linear(400, 300))");
        Generator generator = new(1L);
        Assert.Throws<OperationCanceledException>(() => plan.Materialize(generator, cancellation: new(canceled: true)));
        Assert.Equal(new Generator(1L).GetState(), generator.GetState());
    }

    /// <summary>A builder has what torch.nn.init has.</summary>
    [Fact]
    public void Every_init_function_can_be_built()
    {
        (string Torch, Action<PlanBuilder> Write)[] functions =
        [
            ("init.uniform_((6, 4), -0.3, 0.41)", plan => plan.Uniform("", -0.3, 0.41)),
            ("init.normal_((6, 4), 0.1, 0.37)", plan => plan.Normal("", 0.1, 0.37)),
            ("init.trunc_normal_((6, 4), 0.1, 0.37, -0.5, 0.6)", plan => plan.TruncNormal("", 0.1, 0.37, -0.5, 0.6)),
            ("init.constant_((6, 4), 0.1)", plan => plan.Constant("", 0.1)),
            ("init.ones_((6, 4))", plan => plan.Ones("")),
            ("init.zeros_((6, 4))", plan => plan.Zeros("")),
            ("init.eye_((6, 4))", plan => plan.Eye("")),
            ("init.orthogonal_((6, 4), 0.7)", plan => plan.Orthogonal("", 0.7)),
            ("init.sparse_((6, 4), 0.3)", plan => plan.Sparse("", 0.3)),
            ("init.xavier_uniform_((6, 4), 0.7)", plan => plan.XavierUniform("", 0.7)),
            ("init.xavier_normal_((6, 4), 0.7)", plan => plan.XavierNormal("", 0.7)),
            ("init.kaiming_uniform_((6, 4), 0.1)", plan => plan.KaimingUniform("", 0.1)),
            ("init.kaiming_normal_((6, 4), 0.1)", plan => plan.KaimingNormal("", 0.1)),
        ];
        foreach ((string torch, Action<PlanBuilder> write) in functions)
        {
            PlanBuilder plan = new PlanBuilder().Bare(6, 4);
            write(plan);
            AssertBits.Equal(InitPlan.Of(torch).Materialize(3)[""].AsSpan<float>(), plan.Build("").Materialize(3)[""].AsSpan<float>());
        }
        PlanBuilder dirac = new PlanBuilder().Bare(6, 4, 3).Dirac("", 2);
        AssertBits.Equal(InitPlan.Of("init.dirac_((6, 4, 3), 2)").Materialize(3)[""].AsSpan<float>(),
            dirac.Build("").Materialize(3)[""].AsSpan<float>());
    }

    [Fact]
    public void Null_is_named()
    {
        PlanBuilder plan = new PlanBuilder().Parameter("w", 3);
        InitPlan built = plan.Build("x");
        (string Argument, Action Call)[] calls =
        [
            ("generator", () => Init.Uniform<float>(new float[3], null!)),
            ("generator", () => Init.Normal<float>(new float[3], null!)),
            ("generator", () => Init.TruncNormal<float>(new float[3], null!)),
            ("generator", () => Init.KaimingUniform<float>(new float[3], [3, 1], null!)),
            ("generator", () => Init.KaimingNormal<float>(new float[3], [3, 1], null!)),
            ("generator", () => Init.XavierUniform<float>(new float[3], [3, 1], null!)),
            ("generator", () => Init.XavierNormal<float>(new float[3], [3, 1], null!)),
            ("generator", () => Init.Orthogonal<float>(new float[3], [3, 1], null!)),
            ("generator", () => Init.Sparse<float>(new float[3], [3, 1], null!, 0.1)),
            ("module", () => Modules.WeightNorm(null!)),
            ("name", () => Modules.WeightNorm(Modules.Linear(3, 4), null!)),
            ("name", () => Modules.SpectralNorm(Modules.Linear(3, 4), null!)),
            ("name", () => Modules.ParametrizedWeightNorm(Modules.Linear(3, 4), null!)),
            ("name", () => Modules.ParametrizedSpectralNorm(Modules.Linear(3, 4), null!)),
            ("step", () => plan.Step(null!)),
            ("target", () => plan.Uniform(null!, 0, 1)),
            ("target", () => plan.Fill(null!, 1)),
            ("tensor", () => plan.XavierUniform(null!)),
            ("tensor", () => plan.KaimingNormal(null!)),
            ("name", () => plan.Parameter(null!, 3)),
            ("name", () => plan.Child(null!, built)),
            ("plan", () => plan.Child("a", null!)),
            ("title", () => plan.Build(null!)),
            ("title", () => _ = new InitPlan(null!, TorchProfile.Default, [], [])),
            ("profile", () => _ = new InitPlan("x", null!, [], [])),
            ("tensors", () => _ = new InitPlan("x", TorchProfile.Default, null!, [])),
            ("steps", () => _ = new InitPlan("x", TorchProfile.Default, [], null!)),
            ("plan", () => Materializer.Materialize(null!, 1)),
            ("generator", () => built.Materialize(null!)),
            ("tensor", () => built.MaterializeSlice(null!, 0, 0, 1)),
            ("plan", () => StreamingMaterializer.MaterializeTo(null!, "x", 1)),
            ("path", () => built.MaterializeTo(null!, 1)),
            ("text", () => Generator.ParseSeed(null!)),
            ("version", () => TorchProfile.For(null!)),
            ("name", () => DType.Parse(null!)),
            ("name", () => TorchPlatform.Parse(null!)),
            ("text", () => Shard.Parse(null!)),
            ("json", () => PlanJson.Read(null!)),
            ("plan", () => PlanJson.Write(null!)),
            ("expression", () => InitPlan.Of(null!)),
            ("elements", () => TensorBuffer.Of<float>(null!, [0])),
            ("name", () => new StateDict().Add(null!, TensorBuffer.Zeros(DType.Float32, []))),
            ("tensor", () => new StateDict().Add("a", null!)),
            ("name", () => Gain.Parse(null!)),
        ];
        foreach ((string argument, Action call) in calls)
        {
            Assert.Equal(argument, Assert.ThrowsAny<ArgumentNullException>(call).ParamName);
        }
    }
}
