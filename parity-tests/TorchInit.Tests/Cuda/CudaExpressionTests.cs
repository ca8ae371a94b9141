using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using TorchInit.Tests.Golden;

namespace TorchInit.Tests.Cuda;

/// <summary>1,334 expressions that torch 2.11.0 drew on an H200, each with <c>device='cuda'</c> (golden/cuda).</summary>
public class CudaExpressionTests
{
    [Fact]
    public void Torch_2_11_drew_the_same_on_a_GPU()
    {
        Dictionary<string, string> reasons = GoldenTable.Read("cuda/not-covered.tsv")
            .ToDictionary(line => line["expression"], line => line["reason"]);
        IReadOnlyList<Dictionary<string, string>> lines = GoldenTable.Read("cuda/expressions-2.11.0-132x2048.tsv");
        List<string> wrong = [];
        HashSet<string> unused = [.. reasons.Keys];
        int same = 0;
        foreach (Dictionary<string, string> line in lines)
        {
            byte[] state = new byte[16];
            BinaryPrimitives.WriteInt64LittleEndian(state, long.Parse(line["seed"], CultureInfo.InvariantCulture));
            BinaryPrimitives.WriteInt64LittleEndian(state.AsSpan(8), long.Parse(line["offset"], CultureInfo.InvariantCulture));
            line["state"] = Convert.ToHexStringLower(SHA256.HashData(state))[..16];
            RecordedDraw draw = RecordedDraw.Of(line);
            (string? refusal, string difference) = Ask(draw);
            bool listed = reasons.ContainsKey(draw.Expression);
            if (refusal is not null) { unused.Remove(draw.Expression); }
            if (refusal is null && difference.Length == 0) { same++; }
            else if (!listed || refusal is null) { wrong.Add($"{draw.Expression} seed {draw.Seed}: {refusal ?? difference}"); }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {lines.Count}:\n{string.Join('\n', wrong.Take(30))}");
        Assert.Empty(unused);
        Assert.Equal((1334, 1213), (lines.Count, same));
    }

    /// <summary>Without a GPU's name an expression is what all GPUs draw alike: of the smallest and of the largest.</summary>
    [Theory]
    [InlineData("torch.randn((1, 4, 64, 64), device='cuda')")]
    [InlineData("torch.rand(40960, dtype=torch.float64, device='cuda:0') * 3")]
    [InlineData("torch.randperm(1000, device='cuda')")]
    [InlineData("nn.Sequential(nn.Linear(30, 40, device='cuda'), nn.ReLU(), nn.Linear(40, 5, device='cuda'))")]
    [InlineData("torch.nn.init.trunc_normal_(torch.empty(30, 40, device='cuda'))")]
    [InlineData("x = torch.empty(4, 5, device='cuda')\nnn.init.xavier_uniform_(x)")]
    [InlineData("device = torch.device('cuda')\nlayer = nn.Linear(3, 4, device=device)")]
    [InlineData("torch.randn(3, device='cuda:1')")]
    [InlineData("torch.randn(3, device=0)")]
    [InlineData("torch.randn(3, device=torch.device('cuda', 1))")]
    [InlineData("torch.randn(3, device=torch.device('cuda')) * torch.tensor(2.0)")]
    [InlineData("torch.normal(0, 1, (3,), device='cuda')")]
    public void A_device_in_an_expression(string text)
    {
        InitPlan any = InitPlan.Of(text);
        Assert.Equal(("torch 2.11 cuda", "2.11"), (any.Profile.ToString(), any.Profile.Version.ToString()));
        foreach (Gpu gpu in (Gpu[])[new(40, 1024), Gpu.H100Sxm, new(4096, 65536)])
        {
            TorchProfile profile = TorchProfile.Cuda("2.11", gpu);
            Generator one = new(7, any.Profile), other = new(7, profile);
            StateDict drawn = any.Materialize(one), same = InitPlan.Of(text, profile).Materialize(other);
            Assert.Equal(CudaRun.Sha256(same), CudaRun.Sha256(drawn));
            Assert.Equal(other.GetState(), one.GetState());
        }
    }

    [Theory]
    [InlineData("torch.randn(40961, device='cuda')", "up to 40960")]
    [InlineData("nn.Linear(300, 300, device='cuda')", "--device cuda:h100")]
    [InlineData("torch.randperm(50000, device='cuda')", "--device cuda:h100")]
    [InlineData("torch.randn(3, device='cuda') + torch.randn(3)", "randn(3) names no device")]
    [InlineData("nn.Sequential(nn.Linear(3, 4, device='cuda'), nn.Linear(4, 5))", "Linear(4, 5) names no device")]
    [InlineData("nn.Sequential(nn.Linear(3, 4, device='cuda'), nn.Linear(4, 5, device='cpu'))",
        "device is 'cpu', and torch 2.11 cuda draws")]
    [InlineData("torch.randn(3, device='cuda:h100')", "a GPU's name goes with --device")]
    [InlineData("torch.randn(3, device='cuda:01')", "Invalid device string: 'cuda:01'")]
    [InlineData("x = torch.randn(3, device='cuda')\ny = torch.randn(3, device='cuda:1')", "each device has a generator of its own")]
    [InlineData("torch.randn(3, device='mps')", "device is 'mps'")]
    [InlineData("torch.multinomial(torch.ones(4, device='cuda'), 3, replacement=True)",
        "How a GPU draws multinomial with replacement is not known")]
    public void What_a_device_cannot_mean(string text, string because)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => Wrapped(() => InitPlan.Of(text).Materialize(0)));
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("torch.randn(3, device='cpu')", "device is 'cpu', and torch 2.11 cuda:132x2048 draws on a GPU")]
    [InlineData("nn.Linear(3, 4, device='cpu')", "allowed: None or 'cuda'")]
    [InlineData("nn.init.normal_(torch.empty(3, device='cpu'))", "allowed: None or 'cuda'")]
    public void The_CPU_is_no_part_of_a_GPUs_profile(string text, string because)
        => Assert.Contains(because, Assert.ThrowsAny<ArgumentException>(() => InitPlan.Of(text, CudaVector.Profile)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_version_goes_with_a_device()
    {
        Assert.Equal("torch 2.6 cuda", InitPlan.Of("torch.randn(3, device='cuda')", TorchProfile.For("2.6")).Profile.ToString());
        Assert.Contains("2.15", Assert.ThrowsAny<ArgumentException>(() => InitPlan.Of("torch.randn(3, device='cuda')",
            TorchProfile.Default)).Message, StringComparison.Ordinal);
    }

    static void Wrapped(Action action)
    {
        try { action(); }
        catch (NotFollowedException error) { throw new ArgumentException(error.Message, error); }
    }

    static (string? Refusal, string Difference) Ask(RecordedDraw draw)
    {
        try { return (null, draw.Difference(CudaVector.Profile)); }
        catch (ArgumentException error) { return (error.Message, ""); }
        catch (NotSupportedException error) { return (error.Message, ""); }
        catch (FormatException error) { return (error.Message, ""); }
    }
}
