using TorchInit.Parity;
using TorchInit.Tests.Cli;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Verify;

/// <summary>Checkpoints of step 0 that part from their plan, each in a known way at a known place.</summary>
[Collection(Sandbox.Name)]
public sealed class PlanLocatorTests : IDisposable
{
    static readonly TorchProfile s_profile = TorchProfile.For("2.6");
    static readonly InitPlan s_plan = Plan(s_profile, [0, 1, 2, 3]);

    readonly string _folder = Directory.CreateTempSubdirectory("locate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Four layers, each drawn twice, and a table that is not drawn.</summary>
    static InitPlan Plan(TorchProfile profile, int[] order, Func<int, InitStep, IEnumerable<InitStep>>? changed = null)
    {
        ParameterSpec[] tensors = [.. Enumerable.Range(0, 4).SelectMany(layer => (ParameterSpec[])[
            new($"h.{layer}.q.weight", [32, 32]), new($"h.{layer}.up.weight", [48, 32])]), new("table", [6], ParameterKind.Buffer)];
        IEnumerable<InitStep> first = order.SelectMany(layer => (InitStep[])[
            new UniformStep($"h.{layer}.q.weight", -0.177, 0.177), new UniformStep($"h.{layer}.up.weight", -0.177, 0.177)]);
        IEnumerable<InitStep> second = order.SelectMany(layer => (InitStep[])[
            new NormalStep($"h.{layer}.q.weight", 0, 0.02), new NormalStep($"h.{layer}.up.weight", 0, 0.02)]);
        InitStep[] steps = [.. first, .. second, new FillStep("table", 0.5)];
        return new("x", profile, tensors, [.. steps.SelectMany((step, at) => changed?.Invoke(at + 1, step) ?? [step])]);
    }

    static PlanLocation Locate(StateDict weights, ulong? seed = 7) => PlanLocator.Of(weights, new(s_plan), seed);

    static StateDict With(string name, Func<float, float> changed)
    {
        StateDict weights = s_plan.Materialize(7);
        foreach (ref float value in weights[name].AsSpan<float>()) { value = changed(value); }
        return weights;
    }

    static void Is(PlanLocation found, string tensor, int step, Cause cause, string said)
    {
        Assert.Equal((Judgement.Deviates, tensor, step, cause), (found.Judgement, found.First.Tensor, found.Step, found.Cause));
        Assert.Contains(said, found.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Right_weights_part_nowhere()
    {
        foreach (ulong? seed in (ulong?[])[7, null])
        {
            PlanLocation found = Locate(s_plan.Materialize(7), seed);
            Assert.Equal((Judgement.SameBits, 7UL, 9), (found.Judgement, found.Seed, found.Same.Count));
        }
        Assert.Equal(Judgement.CannotTell, Locate(s_plan.Materialize(987_654_321), null).Judgement);
    }

    [Fact]
    public void The_first_in_the_order_of_the_draws_is_named_with_its_module_and_word()
    {
        PlanLocation found = Locate(With("h.2.up.weight", value => value * 0.5f));
        Is(found, "h.2.up.weight", 14, Cause.Gain, "0.5 times as large");
        Assert.Equal("h.2.up", found.Module);
        Assert.Equal((4 * (1024 + 1536)) + (2 * (1024 + 1536)) + 1024, found.Word);
        Assert.Equal((0, 8), ((int)found.First.Element, found.Same.Count));
        Assert.Equal("normal_(h.2.up.weight, 0.0, 0.02)", found.Draw);
    }

    [Fact]
    public void Values_that_were_changed_are_told_apart()
    {
        const string Name = "h.1.q.weight";
        Is(Locate(With(Name, value => (float)(Half)value)), Name, 11, Cause.Rounded, "rounded to float16");
        Is(Locate(With(Name, value => (float)(BFloat16)value)), Name, 11, Cause.Rounded, "rounded to bfloat16");
        Is(Locate(With(Name, _ => 0)), Name, 11, Cause.Zeros, "it is zero");
        Is(Locate(With(Name, _ => 0.25f)), Name, 11, Cause.Constant, "one value");
        Is(Locate(With(Name, value => value > 0.05f ? float.NaN : value)), Name, 11, Cause.NotFinite, "not finite");
        Is(Locate(With(Name, MathF.BitIncrement)), Name, 11, Cause.Rounding, "rounded differently");
        Is(Locate(With(Name, value => -value)), Name, 11, Cause.Gain, "-1 times");
        Is(Locate(With(Name, value => value + 0.004f * MathF.Sin(value * 1e4f))), Name, 11, Cause.Trained, "other tensors did not move");
        Is(Locate(With("table", _ => 0.25f)), "table", 17, Cause.NotDrawn, "not drawn");
        Random noise = new(5);
        Is(Locate(With(Name, _ => (float)noise.NextDouble() - 0.5f)), Name, 11, Cause.Unknown, "no known cause");
        StateDict turned = s_plan.Materialize(7);
        float[] right = turned[Name].AsSpan<float>().ToArray();
        for (int at = 0; at < right.Length; at++) { turned[Name].AsSpan<float>()[at] = right[at % 32 * 32 + at / 32]; }
        Is(Locate(turned), Name, 11, Cause.Transposed, "transposed");
    }

    [Fact]
    public void Draws_from_elsewhere_are_told_apart()
    {
        // Layers in another order.
        PlanLocation found = Locate(Plan(s_profile, [0, 2, 1, 3]).Materialize(7));
        Is(found, "h.1.q.weight", 11, Cause.Order, "it has the values of h.2.q.weight");
        // One initialisation left out: that tensor keeps its first draw, and all behind it come too early.
        found = Locate(Plan(s_profile, [0, 1, 2, 3], (at, step) => at == 12 ? [] : [step]).Materialize(7));
        Is(found, "h.1.up.weight", 12, Cause.ExtraOrMissingDraws, "the second initialisation is missing");
        Assert.Equal(4, found.Differing.Count - 1);
        // A draw of 5 words that torch does not make.
        found = PlanLocator.Of(Extra(13, 5).Materialize(7), new(s_plan), 7);
        Is(found, "h.2.q.weight", 13, Cause.ExtraOrMissingDraws, "5 words of the generator taken that torch does not take");
        // The first draws were never made: all comes too early.
        found = Locate(Plan(s_profile, [0, 1, 2, 3], (at, step) => at is 3 ? [] : [step]).Materialize(7));
        Is(found, "h.0.q.weight", 9, Cause.ExtraOrMissingDraws, "too few taken before h.0.q.weight");
        Assert.Contains("as many as step ", found.Said, StringComparison.Ordinal);
        // Another seed from there on.
        StateDict two = s_plan.Materialize(7), other = s_plan.Materialize(42);
        foreach (int layer in (int[])[2, 3])
        {
            foreach (string name in (string[])[$"h.{layer}.q.weight", $"h.{layer}.up.weight"])
            {
                other[name].AsSpan<float>().CopyTo(two[name].AsSpan<float>());
            }
        }
        Is(Locate(two), "h.2.q.weight", 13, Cause.Seed, "from h.2.q.weight on, these are the bits of seed 42");
        StateDict anew = s_plan.Materialize(7);
        new InitPlan("x", s_profile, [new("w", [32, 32])], [new NormalStep("w", 0, 0.02)]).Materialize(7)["w"].AsSpan<float>()
            .CopyTo(anew["h.2.q.weight"].AsSpan<float>());
        Is(Locate(anew), "h.2.q.weight", 13, Cause.Seed, "reseeded with 7");
        // Another platform and other kernels.
        TorchProfile windows = TorchProfile.For("2.6", TorchPlatform.WindowsX64);
        found = Locate(Plan(windows, [0, 1, 2, 3]).Materialize(7));
        Is(found, "h.0.q.weight", 9, Cause.Platform, "windows-x64 avx2");
    }

    static InitPlan Extra(int step, long words)
    {
        InitPlan plan = Plan(s_profile, [0, 1, 2, 3], (at, own) => at == step ? [new UniformStep("more", 0, 1), own] : [own], words);
        return plan;
    }

    static InitPlan Plan(TorchProfile profile, int[] order, Func<int, InitStep, IEnumerable<InitStep>> changed, long words)
    {
        InitPlan plan = Plan(profile, order);
        return new("x", profile, [.. plan.Tensors, new("more", [words], ParameterKind.Scratch)],
            [.. plan.Steps.SelectMany((step, at) => changed(at + 1, step))]);
    }

    [Fact]
    public void A_missing_tensor_and_another_shape_are_said()
    {
        StateDict weights = new();
        foreach ((string name, TensorBuffer tensor) in s_plan.Materialize(7)) { if (name != "h.3.q.weight") { weights.Add(name, tensor); } }
        Assert.Equal((Cause.MissingTensor, "h.3.q.weight"), (Locate(weights).Cause, Locate(weights).First.Tensor));
    }

    [Fact]
    public void The_command_says_where()
    {
        string plan = Path.Combine(_folder, "plan.json"), file = Path.Combine(_folder, "weights.safetensors");
        PlanJson.Save(plan, s_plan);
        Safetensors.Save(file, s_plan.Materialize(7));
        (int code, string printed, _) = CliTests.Run(() => { }, "plan", "locate", file, "--plan", plan);
        Assert.Equal(0, code);
        Assert.Contains("from seed 7", printed, StringComparison.Ordinal);
        Safetensors.Save(file, With("h.2.up.weight", value => value * 0.5f));
        (code, printed, _) = CliTests.Run(() => { }, "plan", "locate", file, "--plan", plan, "--seed", "7");
        Assert.Equal(1, code);
        foreach (string said in (string[])["8 of 9 tensors have the bits of seed 7", "(module h.2.up)", "step 14, normal_(h.2.up.weight, ",
            "from word 16,384 of the stream", "Cause (Gain): "])
        {
            Assert.Contains(said, printed, StringComparison.Ordinal);
        }
        (code, printed, _) = CliTests.Run(() => { }, "plan", "locate", file, "--plan", plan, "--seed", "7", "--json");
        Assert.Equal(1, code);
        Assert.Equal("gain", System.Text.Json.JsonDocument.Parse(printed).RootElement.GetProperty("cause").GetString());
        Safetensors.Save(file, s_plan.Materialize(987_654_321));
        Assert.Equal(3, CliTests.Run(() => { }, "plan", "locate", file, "--plan", plan).Code);
    }
}
