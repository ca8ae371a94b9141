using System.Security.Cryptography;
using System.Text;

namespace TorchInit.Tests.Library;

/// <summary>Every plan of the library gives the weights that real torch gave, and the manifest says which.</summary>
public class PlanLibraryTests
{
    const long MostBytes = 8 << 20;

    public static TheoryData<string> Drawn => [.. LibraryManifest.Read.Models.Keys.Where(LibraryManifest.Read.IsDrawn)];

    [Fact]
    public void The_manifest_names_every_plan()
    {
        Assert.Equal(PlanLibrary.Names, LibraryManifest.Read.Models.Keys.Order(StringComparer.Ordinal));
        string[] listed = [.. Repository.Read("plans/models.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#')).Select(line => line.Split(' ')[0])];
        Assert.Equal(PlanLibrary.Names, listed.Order(StringComparer.Ordinal));
        Assert.NotEmpty(Drawn);
    }

    [Fact]
    public void The_plans_are_those_that_were_compared()
    {
        long bytes = 0;
        foreach ((string name, RecordedModel model) in LibraryManifest.Read.Models)
        {
            byte[] plan = Encoding.UTF8.GetBytes(Repository.Read($"plans/{name}.initplan.json"));
            Assert.Equal((name, model.Plan), (name, Convert.ToHexStringLower(SHA256.HashData(plan))));
            bytes += plan.Length;
        }
        Assert.InRange(bytes, 1, MostBytes);
    }

    [Fact]
    public void The_plans_have_the_parameters_that_torch_counted()
    {
        foreach ((string name, RecordedModel model) in LibraryManifest.Read.Models)
        {
            InitPlan plan = PlanLibrary.Load(name);
            Assert.Equal((name, model.Parameters, model.Class), (name, plan.Parameters.Sum(tensor => tensor.Count), plan.TorchClass));
            Assert.Equal(2, model.Hashes.Count);                    // torches
        }
    }

    [Theory, MemberData(nameof(Drawn))]
    public void A_plan_gives_the_weights_of_both_torches(string name)
    {
        foreach ((string version, IReadOnlyDictionary<string, RecordedHashes> seeds) in LibraryManifest.Read.Models[name].Hashes)
        {
            TorchProfile profile = LibraryManifest.Read.Torch[version].Profile(version);
            InitPlan plan = PlanLibrary.Load(name, profile);
            Assert.Equal(2, seeds.Count);
            foreach ((string seed, RecordedHashes recorded) in seeds)
            {
                Generator generator = new(Generator.ParseSeed(seed), profile);
                using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                foreach (TensorBuffer tensor in plan.Materialize(generator).Values) { tensor.VisitBytes(hash.AppendData); }
                Assert.Equal((version, seed, recorded.Sha256, recorded.State), (version, seed,
                    Convert.ToHexStringLower(hash.GetHashAndReset()), Convert.ToHexStringLower(SHA256.HashData(generator.GetState()))));
            }
        }
    }

    [Fact]
    public void A_plan_follows_the_torch_that_is_asked_for()
    {
        Assert.Equal(TorchProfile.Default, PlanLibrary.Load("resnet18").Profile);
        TorchProfile old = TorchProfile.For("1.13", TorchPlatform.WindowsX64);
        Assert.Equal(old, PlanLibrary.Load("resnet18", old).Profile);
    }

    [Fact]
    public void A_name_that_is_not_there_is_refused_with_those_that_are()
    {
        Assert.False(PlanLibrary.Contains("resnet5"));
        ArgumentException error = Assert.Throws<ArgumentException>(() => PlanLibrary.Load("resnet5"));
        Assert.Contains("name 'resnet5' is no plan of the library; nearest: resnet50", error.Message, StringComparison.Ordinal);
        Assert.Contains("resnet50", error.Message, StringComparison.Ordinal);
    }
}
