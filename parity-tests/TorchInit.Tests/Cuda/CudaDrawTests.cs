using System.Globalization;

namespace TorchInit.Tests.Cuda;

/// <summary>Draws beside initialisation, as torch 2.11.0 made them on an H200: rand, randn, randint, randperm, bernoulli_,
/// exponential_.</summary>
public class CudaDrawTests
{
    public static TheoryData<string, string> Operations => [.. GoldenTable.Read("cuda/draws-2.11.0-132x2048.tsv")
        .Select(line => (line["op"], line["dtype"])).Distinct()];

    [Theory, MemberData(nameof(Operations))]
    public void Draws_have_the_bits_of_the_GPU(string op, string dtype)
    {
        foreach (Dictionary<string, string> line in GoldenTable.Read("cuda/draws-2.11.0-132x2048.tsv"))
        {
            if (line["op"] != op || line["dtype"] != dtype) { continue; }
            Dictionary<string, string> arguments = line["arguments"] == "-" ? []
                : line["arguments"].Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
            CudaVector vector = new(op, DType.Parse(dtype), [long.Parse(line["count"], CultureInfo.InvariantCulture)],
                long.Parse(line["seed"], CultureInfo.InvariantCulture), 0, arguments, line["sha256"], 0, new Dictionary<long, ulong>());
            (TensorBuffer drawn, Generator generator) = CudaRun.Of(vector);
            Assert.True((line["sha256"], line["offset"])
                == (CudaRun.Sha256(drawn)[..32], generator.Position.ToString(CultureInfo.InvariantCulture)),
                $"{vector}: offset {generator.Position}, not {line["offset"]}; sha256 {CudaRun.Sha256(drawn)}, not {line["sha256"]}");
        }
    }

    [Theory, InlineData(-0.1), InlineData(1.1), InlineData(double.NaN)]
    public void A_probability_is_one(double p)
        => Assert.Throws<TorchArgumentException>(() => CudaBernoulli.Fill<float>(new float[3], p, new Generator(CudaVector.Profile)));

    [Theory, InlineData(0), InlineData(-1), InlineData(double.NaN)]
    public void A_rate_is_above_zero(double lambda)
    {
        Generator generator = new(CudaVector.Profile);
        Assert.Throws<TorchArgumentException>(() => CudaExponential.Fill<float>(new float[3], lambda, generator));
    }

    [Fact]
    public void A_CPUs_generator_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => CudaRandInt.Fill(new long[3], 0, 5, new Generator(1L)));
        Assert.Contains("torch 2.15", error.Message, StringComparison.Ordinal);
    }
}
