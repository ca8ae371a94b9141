namespace TorchInit.Tests.Plans;

/// <summary>Plans, builders, runs, slices and shards that are refused: the whole text of each refusal.</summary>
public class PlanRefusalTests
{
    static readonly TorchProfile s_profile = TorchProfile.For("2.6");
    static readonly InitPlan s_plan = new("Net()", s_profile, [new("w", [2, 3]), new("b", [3], ParameterKind.Buffer)],
        [new UniformStep("w", -1, 1), new FillStep("b", 2)], [new UniformStep("w", -1, 1)]);

    static string Refused<TError>(Action action)
        where TError : Exception
        => Assert.Throws<TError>(action).Message;

    static string Refused<TError>(Func<object?> action)
        where TError : Exception
        => Assert.Throws<TError>(action).Message;

    static InitPlan Plan(params ParameterSpec[] tensors) => new("x", s_profile, tensors, []);

    static InitPlan Plan(InitStep step) => new("x", s_profile, [new("w", [2, 3])], [step]);

    [Fact]
    public void Tensors_of_a_plan()
    {
        const string IsNull = "A tensor of the plan, its name or its shape is null. (Parameter 'tensors')";
        Assert.Equal(IsNull, Refused<ArgumentException>(() => Plan((ParameterSpec)null!)));
        Assert.Equal("name of ParameterSpec is null (Parameter 'Name')",
            Refused<ArgumentNullException>(() => new ParameterSpec(null!, [2])));
        Assert.Equal("shape of ParameterSpec is null (Parameter 'Shape')",
            Refused<ArgumentNullException>(() => new ParameterSpec("w", null!)));
        Assert.Equal("tensor 'w' is of kind 9 and dtype ; allowed: the members of ParameterKind and DType. (Parameter 'tensors')",
            Refused<ArgumentException>(() => Plan(new ParameterSpec("w", [2], (ParameterKind)9))));
        Assert.Equal("tensor 'w' is of kind Parameter and dtype 99; allowed: the members of ParameterKind and DType. (Parameter 'tensors')",
            Refused<ArgumentException>(() => Plan(new ParameterSpec("w", [2], DType: (DType)99))));
        Assert.Equal("name 'w' is used by two tensors; allowed: one. (Parameter 'tensors')",
            Refused<ArgumentException>(() => Plan(new("w", [2]), new("w", [3]))));
        Assert.Equal("tensor v(3,) is tied to 'w'; allowed: an earlier tensor of the same shape and dtype. (Parameter 'tensors')",
            Refused<ArgumentException>(() => Plan(new("w", [2]), new("v", [3], SameAs: "w"))));
    }

    [Fact]
    public void Steps_of_a_plan()
    {
        const string IsNull = "A step of the plan or its target is null. (Parameter 'steps')";
        Assert.Equal(IsNull, Refused<ArgumentException>(() => Plan((InitStep)null!)));
        Assert.Equal(IsNull, Refused<ArgumentException>(() => Plan(new FillStep(null!, 1))));
        Assert.Equal(IsNull, Refused<ArgumentException>(() => Plan(new FillStep(new StepTarget(null!), 1))));
        Assert.Equal("A tensor that a step of the plan reads or writes is null. (Parameter 'steps')",
            Refused<ArgumentException>(() => Plan(new CopyStep("w", null!))));
        Assert.Equal("tensor 'bias' is not in the plan; there are: w. (Parameter 'steps')",
            Refused<ArgumentException>(() => Plan(new FillStep("bias", 1))));
        Assert.Equal("tensor 'bias' is not in the plan; there are: w. (Parameter 'steps')",
            Refused<ArgumentException>(() => Plan(new CopyStep("w", "bias"))));
        InitPlan many = Plan([.. Enumerable.Range(0, 21).Select(at => new ParameterSpec($"layer{at}", [1]))]);
        string known = string.Join(", ", Enumerable.Range(0, 20).Select(at => $"layer{at}"));
        Assert.Equal($"tensor 'bias' is not in the plan; there are: {known}, …. (Parameter 'name')",
            Refused<ArgumentException>(() => many["bias"]));
        InitPlan twenty = Plan([.. many.Tensors.Take(20)]);
        Assert.Equal($"tensor 'bias' is not in the plan; there are: {known}. (Parameter 'name')",
            Refused<ArgumentException>(() => twenty["bias"]));
        Assert.Contains(", …; nearest: layer20", Refused<ArgumentException>(() => many["layr20"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Views_of_a_tensor()
    {
        static string View(long offset, long[]? shape, long[]? strides)
            => Refused<ArgumentException>(() => Plan(new FillStep(new("w", offset, shape, strides), 1)));
        const string Malformed = "is malformed; allowed: an offset of 0 or more, one stride of 0 or more per size. (Parameter 'target')";
        Assert.Equal($"view w[offset -1, sizes (2,)] {Malformed}", View(-1, [2], null));
        Assert.Equal($"view w[offset 0, sizes (2,), strides (1, 1)] {Malformed}", View(0, [2], [1, 1]));
        Assert.Equal($"view w[offset 0, sizes (2,), strides (-1,)] {Malformed}", View(0, [2], [-1]));
        Assert.Equal("view w[offset 5, sizes (2,)] reaches element 6; the tensor has 6. (Parameter 'target')", View(5, [2], null));
        Assert.Equal("view w[offset 0, sizes (2, 3), strides (4, 1)] reaches element 6; the tensor has 6. (Parameter 'target')",
            View(0, [2, 3], [4, 1]));
        const string Overlaps = "overlaps itself: two of its elements share memory; allowed: no overlap. (Parameter 'target')";
        Assert.Equal($"view w[offset 0, sizes (2,), strides (0,)] {Overlaps}", View(0, [2], [0]));
        Assert.Equal($"view w[offset 0, sizes (2, 2), strides (1, 1)] {Overlaps}", View(0, [2, 2], [1, 1]));
        Assert.Equal($"view w[offset 0, sizes (2, 3), strides (2, 1)] {Overlaps}", View(0, [2, 3], [2, 1]));
        foreach (StepTarget fits in (StepTarget[])[new("w", 6, [0]), new("w", 5, [1], [7]), new("w", 0, [1, 1], [0, 0]),
            new("w", 0, [2, 3], [3, 1]), new("w", 0, [3, 2], [1, 3]), new("w", 9, [0, 3], [1, 1])])
        {
            _ = Plan(new FillStep(fits, 1)).Materialize(1);
        }
    }

    [Fact]
    public void Names_in_a_builder()
    {
        static PlanBuilder Builder() => new PlanBuilder(s_profile).Parameter("w", 2).Child("c", s_plan);
        void KeyError(string message, string allowed, Action action)
        {
            TorchArgumentException error = Assert.Throws<TorchArgumentException>(action);
            Assert.Equal(("KeyError", message), (error.TorchKind, error.TorchMessage));
            Assert.StartsWith("name", error.Message, StringComparison.Ordinal);
            Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
        }
        KeyError("parameter name can't be empty string \"\"", "not empty", () => Builder().Parameter("", 2));
        KeyError("buffer name can't be empty string \"\"", "not empty", () => Builder().Buffer("", [2]));
        KeyError("module name can't be empty string \"\"", "not empty", () => Builder().Child("", s_plan));
        KeyError("parameter name can't contain \".\"", "a name without dots", () => Builder().Parameter("a.b", 2));
        KeyError("buffer name can't contain \".\"", "a name without dots", () => Builder().Buffer("a.b", [2]));
        KeyError("module name can't contain \".\", got: a.b", "a name without dots", () => Builder().Child("a.b", s_plan));
        KeyError("attribute 'c' already exists", "an unused name", () => Builder().Parameter("c", 2));
        KeyError("attribute 'c' already exists", "an unused name", () => Builder().Buffer("c", [2]));
        KeyError("attribute 'c' already exists", "an unused name", () => Builder().Child("c", s_plan));
        KeyError("attribute 'w' already exists", "an unused name", () => Builder().Child("w", s_plan));
        Assert.Equal("name 'w' is already in use; allowed: one tensor per name. (Parameter 'name')",
            Refused<ArgumentException>(() => Builder().Parameter("w", 2)));
        Assert.Equal("tensor 'v' has not been declared. (Parameter 'target')", Refused<ArgumentException>(() => Builder().Fill("v", 1)));
        Assert.Equal("tensor 'v' has not been declared. (Parameter 'tensor')", Refused<ArgumentException>(() => Builder().Tie("u", "v")));
        Assert.Equal("plan Net() follows torch 2.6 linux-x64 avx2; this module follows torch 2.5 linux-x64 avx2. (Parameter 'plan')",
            Refused<ArgumentException>(() => new PlanBuilder(TorchProfile.For("2.5")).Child("c", s_plan)));
        Assert.Throws<TorchArgumentException>(() => Builder().Parameter("v", -1));
    }

    [Fact]
    public void Runs()
    {
        Assert.Equal("the generator follows torch 2.5 linux-x64 avx2, the plan torch 2.6 linux-x64 avx2; allowed: the same profile. "
            + "(Parameter 'generator')",
            Refused<ArgumentException>(() => s_plan.Materialize(new Generator(1, TorchProfile.For("2.5")))));
        Assert.Equal("dtype is int64; allowed: float32, float64, float16, bfloat16. (Parameter 'dtype')",
            Refused<ArgumentException>(() => s_plan.Materialize(1, DType.Int64)));
        Assert.Throws<ArgumentException>(() => s_plan.Retarget(s_profile, DType.Int64));
        Assert.Throws<ArgumentException>(() => s_plan.SameOn(DType.Int64));
        Assert.StartsWith("allowed: 1 or more, or −1 for one per processor.",
            Refused<ArgumentOutOfRangeException>(() => s_plan.Materialize(1, maxDegreeOfParallelism: 0)), StringComparison.Ordinal);
        Assert.Equal(Environment.ProcessorCount, Materializer.Threads(-1));
        Assert.Equal((1, 7), (Materializer.Threads(1), Materializer.Threads(7)));
        InitPlan large = new("Large()", s_profile,
            [.. Enumerable.Range(0, 4000).Select(at => new ParameterSpec($"w{at}", [2_000_000_000]))], []);
        string memory = Refused<InsufficientMemoryException>(() => large.Materialize(1, DType.Float64));
        Assert.StartsWith("Large() needs 64000000000000 bytes in float64; ", memory, StringComparison.Ordinal);
        Assert.EndsWith(" are available.", memory, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_for_a_step_that_holds_a_copy_is_counted()
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        ParameterSpec[] tensors = [.. Enumerable.Range(0, (int)(available / 8_000_000_000) + 1)
            .Select(at => new ParameterSpec($"w{at}", [at == 0 ? available % 8_000_000_000 / 8 : 1_000_000_000]))];
        // All of the memory; the copy of the last tensor is too much.
        InitPlan copied = new("x", s_profile, [.. tensors, new("small", [1, 1])],
            [new EyeStep("small"), new EyeStep(new($"w{tensors.Length - 1}", 0, [1, 1])), new EyeStep("small")]);
        long needed = tensors.Sum(tensor => tensor.Count * 8) + 8 + tensors[^1].Count * 8;
        Assert.StartsWith($"x needs {needed} bytes in float64; ",
            Refused<InsufficientMemoryException>(() => copied.Materialize(1, DType.Float64)), StringComparison.Ordinal);
    }

    [Fact]
    public void Resets()
    {
        InitPlan none = new("Net()", s_profile, [new("w", [2])], []);
        Assert.Equal("Net() has no reset_parameters in torch 2.6; reset its submodules one by one.",
            Refused<InvalidOperationException>(() => none.ResetParameters(none.Materialize(1), new Generator(1, s_profile))));
        StateDict other = new();
        Assert.Equal("state has no w(2, 3); allowed: the tensors of Net(). (Parameter 'state')",
            Refused<ArgumentException>(() => s_plan.ResetParameters(other, new Generator(1, s_profile))));
        other.Add("w", TensorBuffer.Zeros(DType.Float32, [3, 2]));
        Assert.Equal("state has no w(2, 3); allowed: the tensors of Net(). (Parameter 'state')",
            Refused<ArgumentException>(() => s_plan.ResetParameters(other, new Generator(1, s_profile))));
        InitPlan tied = new("Tied()", s_profile, [new("w", [2]), new("v", [2], SameAs: "w")], [], [new FillStep("w", 1)]);
        StateDict mixed = new();
        mixed.Add("w", TensorBuffer.Zeros(DType.Float32, [2]));
        mixed.Add("v", TensorBuffer.Zeros(DType.Float64, [2]));
        Assert.Equal("state has v(2,) in float64 and 'w', to which it is tied, in float32; allowed: one dtype. (Parameter 'state')",
            Refused<ArgumentException>(() => tied.ResetParameters(mixed, new Generator(1, s_profile))));
        Assert.Throws<ArgumentException>(() => s_plan.ResetParameters(s_plan.Materialize(1), new Generator(1, TorchProfile.For("2.5"))));
        Assert.Throws<ArgumentOutOfRangeException>(()
            => s_plan.ResetParameters(s_plan.Materialize(1), new Generator(1, s_profile), maxDegreeOfParallelism: -2));
    }

    [Fact]
    public void Slices()
    {
        void OutOfRange(string name, string allowed, long start, int count)
        {
            ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(()
                => s_plan.MaterializeSlice("w", start, count, 1));
            Assert.Equal(name, error.ParamName);
            Assert.StartsWith(allowed, error.Message, StringComparison.Ordinal);
        }
        OutOfRange("start", "allowed: 0 to 6, the size of w.", -1, 1);
        OutOfRange("start", "allowed: 0 to 6, the size of w.", 7, 0);
        OutOfRange("count", "allowed: 0 to 4, the elements of w from 2 on.", 2, -1);
        OutOfRange("count", "allowed: 0 to 4, the elements of w from 2 on.", 2, 5);
        Assert.Equal(4, s_plan.MaterializeSlice("w", 2, 4, 1).Count);
        Assert.Equal(0, s_plan.MaterializeSlice("w", 6, 0, 1).Count);
        Assert.Equal(s_plan.MaterializeSlice("w", 0, 6, -1L).AsSpan<float>(),
            s_plan.MaterializeSlice("w", 0, 6, ulong.MaxValue).AsSpan<float>());
        Assert.Throws<ArgumentException>(() => s_plan.MaterializeSlice("w", 0, 1, new Generator(1, TorchProfile.For("2.5"))));
        Assert.Throws<ArgumentException>(() => s_plan.MaterializeSlice("w", 0, 1, 1, DType.Bool));
    }

    [Fact]
    public void Shards()
    {
        foreach (string text in (string[])["", "1", "1/", "/2", "0/2", "3/2", "1/2/3", "a/b", "-1/2"])
        {
            Assert.Equal($"shard is '{text}'; allowed: i/n with i from 1 to n, for example 2/8. (Parameter 'text')",
                Refused<ArgumentException>(() => Shard.Parse(text)));
        }
        Assert.Equal((new Shard(1, 1), new Shard(2, 2), "2/8"), (Shard.Parse("1/1"), Shard.Parse("2/2"), Shard.Parse("2/8").ToString()));
        foreach (int index in (int[])[0, 3, -1])
        {
            Assert.Equal($"Index is {index}/2; allowed: 1/2 to 2/2. (Parameter 'Index')",
                Refused<ArgumentException>(() => new Shard(index, 2)));
            Assert.Equal($"shard is {index}/2; allowed: 1/2 to 2/2. (Parameter 'shard')",
                Refused<ArgumentException>(() => (new Shard(1, 2) with { Index = index }).Of(s_plan, DType.Float32).ToArray()));
        }
    }

    [Fact]
    public void Every_tensor_is_in_the_shard_in_whose_range_it_begins()
    {
        InitPlan plan = Plan(new("a", [3]), new("b", [0]), new("c", [1]), new("d", [4], DType: DType.Float64), new("e", [0]),
            new("scratch", [9], ParameterKind.Scratch));
        static string[] Names(InitPlan plan, Shard shard) => [.. shard.Of(plan, DType.Float32).Select(tensor => tensor.Name)];
        Assert.Equal(["a", "b", "c", "d", "e"], Names(plan, Shard.Whole));
        // 48 bytes; a begins at 0, b and c at 12, d at 16, e at 48.
        Assert.Equal(["a", "b", "c", "d"], Names(plan, new(1, 2)));
        Assert.Equal(["e"], Names(plan, new(2, 2)));
        Assert.Equal(["a"], Names(plan, new(1, 4)));
        Assert.Equal(["b", "c", "d"], Names(plan, new(2, 4)));
        Assert.Empty(Names(plan, new(3, 4)));
        Assert.Equal(["e"], Names(plan, new(4, 4)));
        InitPlan empty = Plan(new("a", [0]), new("b", [0]));
        Assert.Equal(["a", "b"], Names(empty, new(1, 2)));
        Assert.Empty(Names(empty, new(2, 2)));
    }

    [Fact]
    public void Names_that_are_kept()
    {
        InitPlan plan = Plan([.. Enumerable.Range(0, 6).Select(at => new ParameterSpec($"layers.{at}.weight", [1]))]);
        Assert.Equal("'layer.*' fits none of the 6 tensors of x; there are: layers.0.weight, layers.1.weight, layers.2.weight, "
            + "layers.3.weight, layers.4.weight, …; nearest: layers.*, layers.0.*, layers.1.*. (Parameter 'patterns')",
            Refused<ArgumentException>(() => plan.Only("layer.*")));
        Assert.Equal("'zzz' fits none of the 2 tensors of Net(); there are: w, b. (Parameter 'patterns')",
            Refused<ArgumentException>(() => s_plan.Only("zzz")));
        Assert.Equal(["layers.0.weight", "layers.5.weight"], plan.Only("layers.0.*", "layers.?.weigh?", "*5*").StateTensors
            .Select(tensor => tensor.Name).Where(name => name.Contains('0') || name.Contains('5')));
        Assert.Equal(["layers.1.weight"], plan.Only("*1*").StateTensors.Select(tensor => tensor.Name));
        Assert.Equal(["b"], s_plan.Only("?", "b").Only("b").StateTensors.Select(tensor => tensor.Name));
        Assert.Throws<ArgumentException>(() => plan.Only("ayers.0.weight"));
        Assert.Throws<ArgumentException>(() => plan.Only("layers.0.weigh"));
        Assert.Throws<ArgumentException>(() => plan.Only("layersx0.weight"));
        Assert.NotNull(s_plan.Only("w").ResetSteps);
    }

    [Fact]
    public void Plans_of_the_library()
    {
        string said = Refused<ArgumentException>(() => PlanLibrary.Load("resnet51"));
        Assert.StartsWith("name 'resnet51' is no plan of the library; nearest: resnet50, ", said, StringComparison.Ordinal);
        Assert.Contains("; allowed: alexnet, ", said, StringComparison.Ordinal);
        Assert.Equal((true, false), (PlanLibrary.Contains("resnet50"), PlanLibrary.Contains("ResNet50")));
        Assert.Equal("resnet50", PlanLibrary.Near("Resnet50.JSON")[0]);
        Assert.Equal("resnet50", PlanLibrary.Near("resnet50()")[0]);
        Assert.Equal("resnet50", PlanLibrary.Near("resnet50.initplan.json")[0]);
        Assert.Empty(PlanLibrary.Near("zzzzzzzz"));
    }

    [Fact]
    public void Sums_that_are_too_long_to_count()
    {
        InitPlan long1 = new("x", s_profile, [new("w", [1L << 62])], [new UniformStep("w", 0, 1), new UniformStep("w", 0, 1)]);
        Assert.Equal("x takes 9223372036854775808 words of the generator; the most that are counted are 2^63 − 1.",
            Refused<OverflowException>(() => long1.Words()));
        InitPlan long2 = new("x", s_profile, [new("w", [1L << 62], DType: DType.Float64)], [new UniformStep("w", 0, 1)]);
        Assert.Equal("uniform_(w, 0.0, 1.0) takes more words of the generator than 2^63 − 1, the most that are counted.",
            Refused<OverflowException>(() => long2.Words()));
        InitPlan most = new("x", s_profile, [new("w", [long.MaxValue])], [new UniformStep("w", 0, 1)]);
        Assert.Equal(long.MaxValue, most.Words());
        s_plan.CheckWork([], Limits.Current.Operations);
        Assert.Throws<ArgumentException>(() => s_plan.CheckWork([], Limits.Current.Operations + (Int128)1));
        Assert.Equal((9, long.MaxValue / 2 + 6),
            (InitPlan.ElementsOf(s_plan.Placed), InitPlan.ElementsOf([.. most.Placed, s_plan.Placed[0]])));
        InitPlan work = new("x", s_profile, [new("w", [1L << 24, 1L << 20])], [new OrthogonalStep("w", 1)]);
        Assert.Equal("x takes 18446744073709551616 operations; allowed: at most 1000000000000 (Limits.Operations raises it).",
            Refused<ArgumentException>(() => work.MaterializeSlice("w", 0, 1, 1)));
    }

    [Fact]
    public void A_module_of_too_many_parts()
    {
        PlanBuilder steps = new PlanBuilder(s_profile).Parameter("w", 1), tensors = new(s_profile);
        for (int i = 0; i < 400_000; i++) { steps.Fill("w", 1); }
        Assert.Equal("The module has 400001 steps; allowed: at most 400000 (Limits.Steps raises it).",
            Refused<ArgumentException>(() => steps.Fill("w", 1)));
        for (int i = 0; i < 99_999; i++) { tensors.Parameter($"w{i}", 1); }
        const string Tensors = "The module has 100001 tensors; allowed: at most 100000 (Limits.Tensors raises it).";
        Assert.Equal(Tensors, Refused<ArgumentException>(() => tensors.Child("c", s_plan)));
        Assert.Equal(Tensors, Refused<ArgumentException>(() => tensors.CopyOf("d", "e", s_plan)));
        tensors.Parameter("last", 1);
        Assert.Equal(Tensors, Refused<ArgumentException>(() => tensors.Parameter("more", 1)));
    }

    [Fact]
    public void What_a_step_replaces_and_writes()
    {
        InitPlan plan = new("x", s_profile, [new("w", [3, 2]), new("u", [3]), new("v", [2]), new("same", [3], SameAs: "u")],
            [new FillStep("w", 1), new ScalarStep("w", ScalarOperation.Mul, 2), new FillStep(new("w", 0, [5]), 1),
                new FillStep(new("w", 0, [2, 3], [1, 2]), 1), new PowerIterationStep("u", "v", "w", 0, 1, 1)]);
        Assert.Equal([true, false, false, false, false], plan.Placed.Select(placed => placed.Replaces));
        Assert.Equal([true, true, false, false, true], plan.Placed.Select(placed => placed.CoversTensor));
        Assert.Equal([false, true, true, true], plan.Tensors.Select(tensor => plan.Writes(plan.Steps[4], tensor.Name)));
        Assert.Equal([0, 1, 2, 3], plan.Writers(plan.StorageOf("w")));
        Assert.Equal([4], plan.Writers(plan.StorageOf("same")));
    }

    [Fact]
    public void Paths_that_are_empty()
    {
        Assert.Equal("path", Assert.Throws<ArgumentException>(() => PlanJson.Save("", s_plan)).ParamName);
        Assert.Equal("path", Assert.Throws<ArgumentException>(() => PlanJson.Load("")).ParamName);
    }

    [Fact]
    public void A_step_that_is_no_fill_must_run_itself()
        => Assert.Equal("Idle is not a fill and does not override Run.", Refused<InvalidOperationException>(()
            => new InitPlan("x", s_profile, [new("w", [1])], [new Idle("w")]).Materialize(1)));

    sealed record Idle(StepTarget Target) : InitStep(Target)
    {
        public override string ToString() => "idle";
    }
}
