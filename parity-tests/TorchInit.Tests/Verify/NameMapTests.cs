using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

public class NameMapTests
{
    static StateDict Renamed(StateDict weights, Func<string, string> name)
    {
        StateDict renamed = new();
        foreach ((string own, TensorBuffer tensor) in weights) { renamed.Add(name(own), tensor); }
        return renamed;
    }

    static (Verdict Verdict, IReadOnlyList<string> Said) Judge(StateDict weights, string expression, params string[] renames)
    {
        (StateDict named, IReadOnlyList<string> said) = NameMap.Apply(weights, InitPlan.Of(expression), renames);
        return (Verifier.Judge(named, new(expression), 4), said);
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("model.")]
    [InlineData("_orig_mod.")]
    [InlineData("model._orig_mod.")]
    [InlineData("net.encoder.")]
    public void A_prefix_is_found(string prefix)
    {
        const string Model = "Sequential(Linear(4, 3), Linear(3, 2))";
        (Verdict verdict, _) = Judge(Renamed(InitPlan.Of(Model).Materialize(seed: 4), name => prefix + name), Model);
        Assert.Equal(Judgement.SameBits, verdict.Judgement);
    }

    [Fact]
    public void A_rename_goes_first()
    {
        StateDict weights = Renamed(InitPlan.Of("Linear(4, 3)").Materialize(seed: 4), name => $"head.{name[0]}");
        Assert.Equal(Judgement.SameBits, Judge(weights, "Linear(4, 3)", "head.w=weight", "head.b=bias").Verdict.Judgement);
        Assert.Throws<ArgumentException>(() => Judge(weights, "Linear(4, 3)", "tail=x"));
        Assert.Throws<ArgumentException>(() => Judge(weights, "Linear(4, 3)", "head"));
    }

    [Fact]
    public void Kernels_are_turned()
    {
        StateDict torch = InitPlan.Of("Linear(4, 3)").Materialize(seed: 4);
        float[] weight = torch["weight"].AsSpan<float>().ToArray();
        StateDict flax = new()
        {
            { "params/kernel", TensorBuffer.Of([.. Enumerable.Range(0, 12).Select(at => weight[(at % 3 * 4) + (at / 3)])], [4, 3]) },
            { "params/bias", torch["bias"] },
        };
        (Verdict verdict, IReadOnlyList<string> said) = Judge(flax, "Linear(4, 3)");
        Assert.Equal(Judgement.SameBits, verdict.Judgement);
        Assert.Contains("transposed, as Flax and Keras store kernels: params/kernel", said);
    }

    [Fact]
    public void What_fits_nothing_is_left_as_it_is()
    {
        StateDict weights = InitPlan.Of("Embedding(4, 3)").Materialize(seed: 4);
        Assert.Same(weights, NameMap.Apply(weights, InitPlan.Of("Linear(4, 3)"), []).Weights);
    }

    [Fact]
    public void Shards_are_read_beside_their_index()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            StateDict weights = InitPlan.Of("Linear(4, 3)").Materialize(seed: 4);
            Safetensors.Save(Path.Combine(folder, "a.safetensors"), new() { { "weight", weights["weight"] } });
            Safetensors.Save(Path.Combine(folder, "b.safetensors"), new() { { "bias", weights["bias"] } });
            string index = Path.Combine(folder, "model.safetensors.index.json");
            File.WriteAllText(index, """{"metadata":{},"weight_map":{"weight":"a.safetensors","bias":"b.safetensors"}}""");
            Assert.Equal(Judgement.SameBits, Judge(WeightsFile.Load(index), "Linear(4, 3)").Verdict.Judgement);
            foreach (string elsewhere in new[] { "../a.safetensors", "", "x/a.safetensors", "model.safetensors.index.json" })
            {
                File.WriteAllText(index, $$$"""{"weight_map":{"weight":"{{{elsewhere}}}"}}""");
                Assert.Throws<InvalidDataException>(() => WeightsFile.Load(index));
            }
            File.WriteAllText(index, "[]");
            Assert.Throws<InvalidDataException>(() => WeightsFile.Load(index));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
