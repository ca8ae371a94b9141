using System.Text.Json;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Tests.Parity;

/// <summary>A torch that lies, to see the harness notice.</summary>
public class ReportTests
{
    static readonly CaseGroup s_row = new("Linear", ["Linear(3, 4)"]);

    sealed class Liar(Func<OracleReply, OracleReply> lie) : ITorchOracle
    {
        public OracleInfo Info { get; } = new("2.15.0", "2.15.0", "3.12.0", "linux-x64", "AVX2", "glibc 2.36", "mkl", true, "MKL");

        public OracleReply Run(OracleRequest request)
        {
            Generator generator = new(Generator.ParseSeed(request.Seed!));
            StateDict honest = InitPlan.Of("Linear(3, 4)").Materialize(generator, DType.Parse(request.DType));
            return lie(new([.. honest.Select(tensor => new OracleTensor(tensor.Key, request.DType, tensor.Value.Shape,
                tensor.Value.Bytes(0, tensor.Value.Count).ToArray()))], generator.GetState(), []));
        }

        public void Dispose() { }
    }

    static ParitySection Ask(Func<OracleReply, OracleReply> lie)
    {
        using Liar oracle = new(lie);
        return ParitySection.Live(oracle, [s_row]);
    }

    [Fact]
    public void An_honest_torch_agrees()
    {
        ParitySection section = Ask(reply => reply);
        Assert.Empty(section.Failures);
        Assert.Equal((16, 16, 256), (section.Total.Cases, section.Total.Count(Outcome.SameBits), section.Total.Elements));
    }

    public static TheoryData<string, string> Lies => new()
    {
        { "bit", "bias[3]: torch" },
        { "state", "generator state: byte 100" },
        { "name", "torch has Bias" },
        { "shape", "torch has weight" },
        { "missing", "torch has none" },
        { "error", "torch raises" },
    };

    [Theory, MemberData(nameof(Lies))]
    public void Each_lie_is_noticed_and_named(string lie, string said)
    {
        ParitySection section = Ask(reply =>
        {
            OracleTensor weight = reply.Tensors[0], bias = reply.Tensors[1];
            switch (lie)
            {
                case "bit": bias.Data[^1] ^= 1; return reply;
                case "state": reply.State[100] ^= 1; return reply;
                case "name": return reply with { Tensors = [weight, bias with { Name = "Bias" }] };
                case "shape": return reply with { Tensors = [weight with { Shape = [3, 4] }, bias] };
                case "missing": return reply with { Tensors = [weight] };
                default: return reply with { Tensors = [], Error = new("ValueError", "no") };
            }
        });
        Assert.Equal(16, section.Failures.Count);
        Assert.All(section.Failures, failure => Assert.Contains(said, failure.Detail, StringComparison.Ordinal));
        Assert.False(new ParityReport([section], null).Passed);
    }

    [Fact]
    public void The_report_is_written_whole()
    {
        string folder = Directory.CreateTempSubdirectory("report-").FullName;
        try
        {
            new ParityReport([Ask(reply => reply)], "No Python\nwith torch").Write(folder);
            Assert.Equal(["junit.xml", "parity.json", "parity.md"], Directory.EnumerateFiles(folder).Select(Path.GetFileName)
                .Order(StringComparer.Ordinal));
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "parity.json")));
            Assert.True(json.RootElement.GetProperty("passed").GetBoolean());
            Assert.Equal(256, json.RootElement.GetProperty("sections")[0].GetProperty("total").GetProperty("elements").GetInt64());
            string markdown = File.ReadAllText(Path.Combine(folder, "parity.md"));
            Assert.Contains("| `Linear` | 256 | 0 | 0 | 16 | 16 | 0 | 0 | 0 | 0 | 0 |", markdown, StringComparison.Ordinal);
            Assert.Contains("Real torch was not asked: No Python", markdown, StringComparison.Ordinal);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public void Tolerances_are_for_the_named_steps_only()
    {
        Assert.True(Promise.For(InitPlan.Of("Transformer(8, 2, 1, 1, 16)"), DType.Float16).IsExact);
        Assert.False(Promise.For(InitPlan.Of("init.orthogonal_((3, 5))"), DType.Float32).IsExact);
        Assert.True(Promise.For(InitPlan.Of("init.orthogonal_((3, 5))",
            TorchProfile.Default with { Lapack = LapackImplementation.Reference311 }), DType.Float32).IsExact);
        Assert.True(Promise.For(InitPlan.Of("init.trunc_normal_((3, 5))"), DType.Float32).IsExact);
        Assert.False(Promise.For(InitPlan.Of("init.trunc_normal_((3, 5))", TorchProfile.For("2.11")), DType.Float32).IsExact);
        Assert.True(Promise.For(InitPlan.Of("init.trunc_normal_((3, 5))", TorchProfile.For("2.11")), DType.BFloat16).IsExact);
        Assert.True(Promise.For(InitPlan.Of("Embedding(5, 4)", TorchProfile.For("2.13", TorchPlatform.WindowsX64)), DType.Float32).IsExact);
        Assert.False(Promise.For(InitPlan.Of("Embedding(5, 4)", TorchProfile.For("2.13", TorchPlatform.WindowsX64)),
            DType.Float64).IsExact);
    }
}
