using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>Integer and bool buffers of a file are compared by value, whatever integer type stores them.</summary>
public sealed class IntegerTensorTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("integers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static InitPlan Plan(DType dtype)
        => new("x", TorchProfile.Default,
            [new("weight", [30, 40]), new("ids", [5], ParameterKind.Buffer, dtype), new("mask", [2, 2], ParameterKind.Buffer, DType.Bool)],
            [new UniformStep("weight", -0.3, 0.41), new SequenceStep("ids", 0, 5, 1), new FillStep("mask", 1)]);

    StateDict Saved(DType dtype, Action<StateDict>? changed = null, string prefix = "")
    {
        StateDict weights = Plan(dtype).Materialize(7);
        changed?.Invoke(weights);
        StateDict named = new();
        foreach ((string name, TensorBuffer tensor) in weights) { named.Add(prefix + name, tensor); }
        string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.safetensors");
        Safetensors.Save(path, named);
        StateDict read = WeightsFile.Load(path);
        return NameMap.Apply(read, Plan(dtype), []).Weights;
    }

    [Theory, InlineData(DType.Int32), InlineData(DType.UInt8), InlineData(DType.Int16), InlineData(DType.Int8), InlineData(DType.Int64)]
    public void They_are_judged(DType dtype)
    {
        DistributionCase item = new(Plan(dtype));
        Verdict same = Verifier.Judge(Saved(dtype, prefix: "module."), item, 7);
        Assert.True(same.Judgement == Judgement.SameBits, same.Explanation);
        Assert.DoesNotContain(same.Evidence, said => said.StartsWith("not judged", StringComparison.Ordinal));
        foreach (string name in (string[])["ids", "mask"])
        {
            Verdict other = Verifier.Judge(Saved(dtype, weights => weights[name].Bytes(0, 1)[0] ^= 1), item, 7);
            Assert.Contains($"buffers changed, as they do when a model is used: {name}", other.Explanation, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_integer_type_with_the_same_values_is_said()
    {
        Verdict verdict = Verifier.Judge(Saved(DType.Int32), new(Plan(DType.Int64)), 7);
        Assert.Equal(Judgement.SameBits, verdict.Judgement);
        Assert.Contains("compared by value: ids is int32; torch has int64", verdict.Evidence);
        Assert.Equal(Judgement.SameBits, PlanLocator.Of(Saved(DType.Int32), new(Plan(DType.Int64)), 7).Judgement);
        verdict = Verifier.Judge(Saved(DType.Int32, weights => weights["ids"].AsSpan<int>()[4] = 300), new(Plan(DType.UInt8)), 7);
        Assert.Contains("buffers changed", verdict.Explanation, StringComparison.Ordinal);
    }

    /// <summary>A file may have masks that the plan does not; the plan's only weight is found beside them, whatever its name.</summary>
    [Fact]
    public void Masks_beside_a_plan_without_integers_are_set_aside()
    {
        InitPlan plan = new("x", TorchProfile.Default, [new("weight", [30, 40])], [new UniformStep("weight", -0.3, 0.41)]);
        StateDict weights = new()
        {
            { "mask", TensorBuffer.Zeros(DType.Bool, [2]) }, { "w", plan.Materialize(7)["weight"] },
        };
        Verdict verdict = Verifier.Judge(weights, new(plan), 7);
        Assert.Equal(Judgement.SameBits, verdict.Judgement);
    }
}
