using System.Globalization;

namespace TorchInit.Tests.Cuda;

/// <summary>Every draw that a GPU made: its bits, and the generator afterwards.</summary>
public class CudaGoldenTests
{
    public static TheoryData<string, string> Operations
        => [.. CudaVector.All.Where(vector => !vector.IsHuge).Select(vector => (vector.Op, vector.DType.TorchName())).Distinct()];

    [Fact]
    public void All_1722_are_here() => Assert.Equal(1722, CudaVector.All.Count);

    [Theory, MemberData(nameof(Operations))]
    public void Draws_have_the_bits_of_the_GPU(string op, string dtype)
    {
        foreach (CudaVector vector in CudaVector.All)
        {
            if (vector.Op != op || vector.DType != DType.Parse(dtype) || vector.IsHuge) { continue; }
            (TensorBuffer drawn, Generator generator) = CudaRun.Of(vector);
            Assert.True(vector.Offset == generator.Position, $"{vector}: offset {generator.Position}, not {vector.Offset}");
            Assert.Equal((ulong)vector.Seed, generator.InitialSeed);
            switch (op)
            {
                case "init.orthogonal_": IsClose(vector, drawn); break;
                case "init.sparse_": IsSparse(vector, drawn); break;
                default: Assert.True(CudaRun.Sha256(drawn)[..32] == vector.Sha256, CudaRun.Difference(vector, drawn)); break;
            }
        }
    }

    /// <summary>cuSOLVER's QR is not followed: values within 5e-7 in float32, 1e-15 in float64.</summary>
    static void IsClose(CudaVector vector, TensorBuffer drawn)
    {
        bool single = vector.DType == DType.Float32;
        double allowed = single ? 5e-7 : 1e-15;
        foreach ((long at, ulong bits) in vector.Bits)
        {
            double expected = single ? BitConverter.UInt32BitsToSingle((uint)bits) : BitConverter.UInt64BitsToDouble(bits);
            double actual = single ? drawn.AsSpan<float>()[(int)at] : drawn.AsSpan<double>()[(int)at];
            Assert.True(Math.Abs(expected - actual) <= allowed,
                string.Create(CultureInfo.InvariantCulture, $"{vector} [{at}]: {actual}, not {expected}"));
        }
    }

    /// <summary>The zeros came from the CPU's generator, unseeded when this was recorded: an element is the normal, or zero.</summary>
    static void IsSparse(CudaVector vector, TensorBuffer drawn)
    {
        (TensorBuffer normals, _) = CudaRun.Normals(vector);
        foreach ((long at, ulong bits) in vector.Bits)
        {
            Assert.True(bits == 0 || bits == CudaRun.Bits(normals, at), $"{vector} [{at}]: {bits:x}, not {CudaRun.Bits(normals, at):x}");
        }
        int zeros = SparseFill.ZerosInColumn(vector.Shape[0], vector.Number("sparsity"));
        Assert.Equal(zeros * vector.Shape[1], Enumerable.Range(0, drawn.Count).LongCount(at => CudaRun.Bits(drawn, at) == 0));
    }

    /// <summary>Every recorded element drawn alone: it needs no other.</summary>
    [Theory, InlineData("uniform_"), InlineData("normal_")]
    public void One_element_needs_no_other(string op)
    {
        foreach (CudaVector vector in CudaVector.All.Where(vector => vector.Op == op))
        {
            foreach ((long at, ulong bits) in vector.Bits)
            {
                ulong drawn = CudaRun.Element(vector, at);
                Assert.True(bits == drawn, $"{vector} [{at}]: {drawn:x}, not {bits:x}");
            }
        }
    }

    public static TheoryData<string> Constructors
        => [.. GoldenTable.Read("cuda/modules-2.11.0-132x2048.tsv").Select(line => line["constructor"]).Distinct()];

    [Theory, MemberData(nameof(Constructors))]
    public void Modules_have_the_bits_of_the_GPU(string constructor)
    {
        InitPlan plan = InitPlan.Of(constructor, CudaVector.Profile);
        foreach (Dictionary<string, string> line in GoldenTable.Read("cuda/modules-2.11.0-132x2048.tsv"))
        {
            if (line["constructor"] != constructor) { continue; }
            Generator generator = new(long.Parse(line["seed"], CultureInfo.InvariantCulture), plan.Profile);
            StateDict drawn = plan.Materialize(generator, DType.Parse(line["dtype"]));
            Assert.Equal((line["sha256"], line["offset"]),
                (CudaRun.Sha256(drawn)[..32], generator.Position.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
