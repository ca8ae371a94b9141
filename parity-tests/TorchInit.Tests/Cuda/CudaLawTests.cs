using System.Globalization;

namespace TorchInit.Tests.Cuda;

/// <summary>log_normal_, cauchy_, geometric_ and exponential_ as torch 2.11.0 draws them on an H100; and trunc_normal_ of 2.12, by its
/// Python statements on the same kernels.</summary>
public class CudaLawTests
{
    public static TheoryData<string, string> Laws => [.. GoldenTable.Read("cuda/laws-2.11.0-132x2048.tsv")
        .Select(line => (line["call"], line["dtype"])).Distinct()];

    public static TheoryData<string, string> Truncated => [.. GoldenTable.Read("cuda/truncated-2.12-132x2048.tsv")
        .Select(line => (line["count"], line["dtype"])).Distinct()];

    [Theory, MemberData(nameof(Laws))]
    public void Laws_have_the_bits_of_the_GPU(string call, string dtype)
    {
        TorchProfile profile = TorchProfile.Cuda("2.11", Gpu.H100Sxm);
        foreach (Dictionary<string, string> line in GoldenTable.Read("cuda/laws-2.11.0-132x2048.tsv"))
        {
            if (line["call"] != call || line["dtype"] != dtype) { continue; }
            Check($"torch.empty({line["count"]}, dtype=torch.{dtype}).{call}", profile, "11", line);
        }
    }

    [Theory, MemberData(nameof(Truncated))]
    public void Trunc_normal_since_2_12_has_the_bits_of_the_GPU(string count, string dtype)
    {
        TorchProfile profile = TorchProfile.Cuda("2.12", Gpu.H100Sxm);
        foreach (Dictionary<string, string> line in GoldenTable.Read("cuda/truncated-2.12-132x2048.tsv"))
        {
            if (line["count"] != count || line["dtype"] != dtype) { continue; }
            Check($"torch.nn.init.trunc_normal_(torch.empty({count}, dtype=torch.{dtype}), {line["mean"]}, {line["std"]}, {line["a"]}, "
                + $"{line["b"]})", profile, line["seed"], line);
        }
    }

    static void Check(string text, TorchProfile profile, string seed, Dictionary<string, string> line)
    {
        Generator generator = new(Generator.ParseSeed(seed), profile);
        TensorBuffer drawn = InitPlan.Of(text, profile).Materialize(generator).Values.First();
        Assert.True((line["sha256"], line["offset"])
            == (CudaRun.Sha256(drawn)[..32], generator.Position.ToString(CultureInfo.InvariantCulture)), $"{text}, seed {seed}");
    }

    [Theory, InlineData("torch.empty(3, dtype=torch.bool).geometric_(0.3)", "\"geometric_cuda\" not implemented for 'Bool'"),
        InlineData("torch.empty(3, dtype=torch.int64).log_normal_()", "\"log_normal_cuda\" not implemented for 'Long'"),
        InlineData("torch.empty(3, dtype=torch.float16).random_(-2**63, None)",
            "\"random_full_64_bits_range_kernel_cuda\" not implemented for 'Half'"),
        InlineData("torch.empty(3, dtype=torch.int32).random_(-2**63, None)",
            "random_full_64_bits_range_kernel_cuda handles only int64, double, float and bfloat16")]
    public void Refusals_name_the_GPUs_kernels(string text, string message)
        => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(()
            => InitPlan.Of(text, TorchProfile.Cuda("2.11", Gpu.H100Sxm)).Materialize(0)).Message, StringComparison.Ordinal);
}
