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
        => Assert.Throws<TorchArgumentException>(()
            => TorchInit.Draws.Bernoulli<float>(new float[3], new Generator(CudaVector.Profile), p));

    [Theory, InlineData(0), InlineData(-1), InlineData(double.NaN)]
    public void A_rate_is_above_zero(double lambda)
    {
        Generator generator = new(CudaVector.Profile);
        Assert.Throws<TorchArgumentException>(() => TorchInit.Draws.Exponential<float>(new float[3], generator, lambda));
    }
}
