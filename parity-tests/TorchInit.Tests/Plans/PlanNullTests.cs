namespace TorchInit.Tests.Plans;

/// <summary>What is null is named: by plans, builders, runs, slices, files.</summary>
public class PlanNullTests
{
    static readonly TorchProfile s_profile = TorchProfile.For("2.6");
    static readonly InitPlan s_plan = new("Net()", s_profile, [new("w", [2, 3]), new("b", [3], ParameterKind.Buffer)],
        [new UniformStep("w", -1, 1), new FillStep("b", 2)], [new UniformStep("w", -1, 1)]);

    static void NullIs(string name, Action action) => Assert.Equal(name, Assert.Throws<ArgumentNullException>(action).ParamName);

    [Fact]
    public void Nulls_are_named()
    {
        NullIs("steps", () => _ = new InitPlan("x", s_profile, [], null!));
        NullIs("title", () => _ = new InitPlan(null!, s_profile, [], []));
        NullIs("profile", () => _ = new InitPlan("x", null!, [], []));
        NullIs("tensors", () => _ = new InitPlan("x", s_profile, null!, []));
        NullIs("expression", () => InitPlan.Of(null!));
        NullIs("value", () => _ = new InitPlan("x", s_profile, [], []) { TorchClass = null! });
        NullIs("profile", () => s_plan.Retarget(null!));
        NullIs("patterns", () => s_plan.Only(null!));
        NullIs("patterns", () => s_plan.Only("w", null!));
        NullIs("plan", () => PlanJson.Write(null!));
        NullIs("json", () => PlanJson.Read(null!));
        NullIs("path", () => PlanJson.Save(null!, s_plan));
        NullIs("plan", () => PlanJson.Save("unwritten.json", null!));
        NullIs("path", () => PlanJson.Load(null!));
        NullIs("name", () => PlanLibrary.Contains(null!));
        NullIs("text", () => Shard.Parse(null!));
        NullIs("plan", () => Materializer.Materialize(null!, 1));
        NullIs("plan", () => Materializer.Materialize(null!, 1UL));
        NullIs("plan", () => Materializer.Materialize(null!, new Generator(1)));
        NullIs("generator", () => s_plan.Materialize((Generator)null!));
        NullIs("plan", () => Materializer.ResetParameters(null!, new(), new Generator(1)));
        NullIs("state", () => s_plan.ResetParameters(null!, new Generator(1, s_profile)));
        NullIs("generator", () => s_plan.ResetParameters(s_plan.Materialize(1), null!));
        NullIs("plan", () => Slicer.MaterializeSlice(null!, "w", 0, 1, 1));
        NullIs("plan", () => Slicer.MaterializeSlice(null!, "w", 0, 1, 1UL));
        NullIs("plan", () => Slicer.MaterializeSlice(null!, "w", 0, 1, new Generator(1)));
        NullIs("tensor", () => s_plan.MaterializeSlice(null!, 0, 1, 1));
        NullIs("generator", () => s_plan.MaterializeSlice("w", 0, 1, (Generator)null!));
    }

    [Fact]
    public void Nulls_in_a_builder_are_named()
    {
        PlanBuilder builder = new(s_profile);
        builder.Parameter("w", 2);
        NullIs("name", () => builder.Parameter(null!, 2));
        NullIs("name", () => builder.Buffer(null!, [2]));
        NullIs("name", () => builder.Child(null!, s_plan));
        NullIs("name", () => builder.Tie(null!, "w"));
        NullIs("tensor", () => builder.Tie("v", null!));
        NullIs("name", () => builder.Scratch(null!, 2));
        NullIs("name", () => builder.Prototype(null!, s_plan));
        NullIs("name", () => builder.CopyOf(null!, "d", s_plan));
        NullIs("source", () => builder.CopyOf("c", null!, s_plan));
        NullIs("step", () => builder.Step(null!));
        NullIs("step", () => builder.Step(new FillStep(null!, 1)));
        NullIs("step", () => builder.Step(new FillStep(new((string)null!), 1)));
        NullIs("write", () => builder.Resettable(null!));
        NullIs("plan", () => builder.Child("c", null!));
        NullIs("plan", () => builder.Prototype("c", null!));
        NullIs("plan", () => builder.CopyOf("c", "d", null!));
        NullIs("title", () => builder.Build(null!));
        Assert.StartsWith("The target of the step, or the tensor that it names, is null.",
            Assert.Throws<ArgumentNullException>(() => builder.Step(new FillStep(null!, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_name_in_a_builder_is_refused_before_anything_is_added()
    {
        PlanBuilder builder = new(s_profile);
        builder.Parameter("w", 2).Prototype("d", s_plan);
        string before = $"{builder.Build("x")}";
        foreach ((string name, Action action) in ((string, Action)[])
            [
                ("name", () => builder.Scratch("", 2)), ("name", () => builder.Tie("", "w")), ("name", () => builder.Prototype("", s_plan)),
                ("name", () => builder.CopyOf("", "d", s_plan)), ("source", () => builder.CopyOf("c", "", s_plan)),
            ])
        {
            Assert.Equal($"{name} is ''; allowed: a name that is not empty. (Parameter '{name}')",
                Assert.Throws<ArgumentException>(action).Message);
        }
        Assert.Equal(before, $"{builder.Build("x")}");
    }

    [Fact]
    public void Nulls_in_a_value_are_named()
    {
        NullIs("Shape", () => _ = new TorchTransposed(null!));
        NullIs("Shape", () => _ = new TorchTransposed(new TorchTuple()) with { Shape = null! });
        NullIs("items", () => _ = new TorchDict(null!));
        foreach ((string part, KeyValuePair<string, TorchValue> item) in ((string, KeyValuePair<string, TorchValue>)[])
            [
                ("key", new(null!, TorchNone.Instance)), ("value", new("a", null!)),
            ])
        {
            Assert.Equal($"items[0] has a {part} that is null; allowed: a string, and a value or TorchNone. (Parameter 'items')",
                Assert.Throws<ArgumentException>(() => new TorchDict([item])).Message);
        }
    }
}
