using TorchInit.Parity;

namespace TorchInit.Tests.Golden;

/// <summary>weight_norm and spectral_norm of two torches, recorded: every bit of the state dict.</summary>
public class NormTests
{
    const string File = "numerics/norms-torch.tsv";

    public static TheoryData<string, string> Torches
        => [.. GoldenTable.Read(File).Select(row => (row["torch"], row["capability"])).Distinct()];

    [Theory, MemberData(nameof(Torches))]
    public void Norms_are_torchs_to_the_bit(string torch, string capability)
    {
        TorchProfile profile = TorchProfile.For(torch, cpu: capability == "default" ? CpuCapability.Default : CpuCapability.Avx2) with
        {
            Lapack = torch == "1.13.1" ? LapackImplementation.Reference311 : LapackImplementation.Reference312,
        };
        int compared = 0;
        List<string> differing = [];
        foreach (Dictionary<string, string> row in GoldenTable.Read(File)
            .Where(row => row["torch"] == torch && row["capability"] == capability))
        {
            ParityCase item = new(row["expression"], DType.Parse(row["dtype"]), row["seed"]);
            if (CSharpSide.Of(item, profile).Sha256(named: true)[..32] != row["sha256"]) { differing.Add($"{item}"); }
            compared++;
        }
        Violations.None($"torch {torch} {capability}: {compared} state dicts", differing);
        Assert.True(compared > 80, "Next to nothing was compared.");
    }
}
