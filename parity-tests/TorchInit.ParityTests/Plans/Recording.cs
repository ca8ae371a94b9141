using System.Security.Cryptography;

namespace TorchInit.ParityTests.Plans;

/// <summary>What one Python said of a model: its plan and torch's own hashes, or why it cannot be recorded.</summary>
public sealed record Recording(string Model, DType DType, string? Plan, IReadOnlyList<TorchHash> Hashes, string? Refused)
{
    /// <summary>The plan, read.</summary>
    public InitPlan Read() => PlanJson.Read(Plan ?? throw new InvalidOperationException($"{Model} was refused: {Refused}"));

    /// <summary>Replays the plan: the weights' and the state's hashes must be torch's, and the plan must survive its own form.</summary>
    public void Compare()
    {
        InitPlan plan = Read();
        Assert.Equal(plan.Steps, PlanJson.Read(PlanJson.Write(plan)).Steps);
        Assert.NotEmpty(Hashes);
        foreach (TorchHash torch in Hashes)
        {
            Assert.Equal((torch.Sha256, torch.State), Digest(plan, torch.Seed, DType));
        }
    }

    /// <summary>The hashes of a plan's weights, in the state dict's order, and of the generator's state after.</summary>
    public static (string Weights, string State) Digest(InitPlan plan, long seed, DType dtype)
    {
        Generator generator = new(seed, plan.Profile);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TensorBuffer tensor in plan.Materialize(generator, dtype).Values) { tensor.VisitBytes(hash.AppendData); }
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), Convert.ToHexStringLower(SHA256.HashData(generator.GetState())));
    }
}

/// <summary>What torch itself gives of a seed.</summary>
public sealed record TorchHash(long Seed, string Sha256, string State);
