using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TorchInit.Tests.Library;

/// <summary>Plans recorded with other versions, drawn for torch 2.11 on a CPU and on an H100: what that torch gave of the same
/// models.</summary>
public class RecordedModelsTests
{
    const string Ours = "torchvision.";

    static readonly IReadOnlyDictionary<string, JsonElement> s_recorded = JsonDocument.Parse(
        Repository.Read("parity-tests/golden/models/2.11.0.json")).RootElement.GetProperty("models").EnumerateObject()
        .ToDictionary(entry => entry.Name, entry => entry.Value);

    /// <summary>Those of torchvision whose plan is drawn in this run.</summary>
    public static TheoryData<string> Drawn => [.. s_recorded.Keys.Where(key => key.StartsWith(Ours, StringComparison.Ordinal)
        && LibraryManifest.Read.IsDrawn(NameOf(key)))];

    [Fact]
    public void All_models_of_torchvision_are_in_the_library()
    {
        string[] models = [.. s_recorded.Keys.Select(key => key.Split('|')[0]).Distinct()];
        string[] ours = [.. models.Where(model => model.StartsWith(Ours, StringComparison.Ordinal))];
        Assert.Equal((28, 11), (models.Length, ours.Length));     // the others are transformers' and timm's, which the library has none of
        Assert.All(ours, model => Assert.True(PlanLibrary.Contains(NameOf(model)), model));
        Assert.NotEmpty(Drawn);
    }

    [Theory, MemberData(nameof(Drawn))]
    public void A_plan_of_another_version_gives_the_weights_of_2_11(string key)
    {
        string[] parts = key.Split('|');
        TorchProfile profile = parts[2] == "cpu" ? TorchProfile.For("2.11") : TorchProfile.Cuda("2.11", Gpu.H100Sxm);
        DType dtype = DType.Parse(parts[1]);
        InitPlan plan = PlanLibrary.Load(NameOf(key), profile);
        Generator generator = new(Generator.ParseSeed(parts[3]), profile);
        StateDict state = plan.Materialize(generator, dtype);
        JsonElement recorded = s_recorded[key];
        Assert.Equal(recorded[2].GetInt32(), state.Count);
        Assert.Equal(recorded[3].GetInt64(), plan.Parameters.Sum(tensor => tensor.Count));
        Assert.Equal(recorded[1].ToString().Replace("\n", "", StringComparison.Ordinal), StateOf(generator));
        if (!IsOnlyClose(plan, dtype)) { Assert.Equal(recorded[0].GetString(), WeightsOf(state)); }
    }

    public static TheoryData<string, string> OnGpu => [.. GoldenTable.Read("cuda/models-2.11.0-132x2048.tsv")
        .Where(line => LibraryManifest.Read.IsDrawn(line["model"])).Select(line => (line["model"], line["seed"]))];

    /// <summary>Every model of the library was constructed on an H100, with two seeds.</summary>
    [Theory, MemberData(nameof(OnGpu))]
    public void A_plan_gives_the_weights_of_a_GPU(string model, string seed)
    {
        Dictionary<string, string> line = GoldenTable.Read("cuda/models-2.11.0-132x2048.tsv")
            .Single(line => line["model"] == model && line["seed"] == seed);
        TorchProfile profile = TorchProfile.Cuda("2.11", Gpu.H100Sxm);
        Generator generator = new(Generator.ParseSeed(seed), profile);
        StateDict state = PlanLibrary.Load(model, profile).Materialize(generator);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TensorBuffer tensor in state.Values) { tensor.VisitBytes(hash.AppendData); }
        Assert.Equal((line["sha256"], line["offset"]), (Convert.ToHexStringLower(hash.GetHashAndReset()), $"{generator.Position}"));
    }

    [Fact]
    public void Every_model_of_the_library_was_constructed_on_a_GPU()
        => Assert.Equal(PlanLibrary.Names.Order(StringComparer.Ordinal), GoldenTable.Read("cuda/models-2.11.0-132x2048.tsv")
            .Select(line => line["model"]).Distinct().Order(StringComparer.Ordinal));

    /// <summary>The inverse of the error function is MKL's there, and followed to a tolerance (docs/compatibility.md).</summary>
    static bool IsOnlyClose(InitPlan plan, DType dtype)
        => plan.Profile.Gpu is null && dtype == DType.Float32 && plan.Steps.Any(step => step is TruncNormalStep);

    static string WeightsOf(StateDict state)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, TensorBuffer tensor) in state)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            tensor.VisitBytes(hash.AppendData);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    static string StateOf(Generator generator)
        => generator.Offset is { } offset ? $"[{generator.InitialSeed},{offset}]"
            : Convert.ToHexStringLower(SHA256.HashData(generator.GetState()))[..16];

    static string NameOf(string key) => key.Split('|')[0][Ours.Length..];
}
