namespace TorchInit.Tests.IO;

/// <summary>Tensors whose bytes fit into no span, and files that no disk holds.</summary>
public class LargeTensorTests
{
    /// <summary>The runs of the largest tensors: one after the other, none too long, and they end.</summary>
    [Theory]
    [InlineData(2147483591, 1)]
    [InlineData(2130000000, 2)]
    [InlineData(2147483591, 8)]
    [InlineData(64 << 20, 1)]
    [InlineData(1, 8)]
    [InlineData(0, 4)]
    public void Runs_cover_a_tensor(int count, int size)
    {
        long end = 0;
        foreach ((int start, int length) in TensorBuffer.Runs(count, size).Take(300))
        {
            Assert.Equal(end, start);
            Assert.InRange(length, 1, (64 << 20) / size);
            end = (long)start + length;
        }
        Assert.Equal(count, end);
    }

    [Theory]
    [InlineData("init.normal_((1000, 3))", 64)]
    [InlineData("init.uniform_((3001,))", 1004)]
    [InlineData("init.orthogonal_((20, 30))", 100)]
    [InlineData("init.normal_((15,))", 8)]
    public void A_slice_that_is_drawn_in_runs_is_the_same(string expression, int mostBytes)
    {
        InitPlan plan = InitPlan.Of(expression);
        TensorBuffer whole = plan.Materialize(3).Values.Single();
        TensorBuffer part = TensorBuffer.Zeros(DType.Float32, [whole.Count - 7]);
        PlanStream stream = new(plan, new Generator(3L, plan.Profile), DType.Float32, plan.Steps.Count - 1);
        Slicer.Draw(stream, plan.Tensors[0].Name, 5, part, TensorBuffer.Runs(part.Count, sizeof(float), mostBytes));
        AssertBits.Equal(whole.AsSpan<float>()[5..^2], part.AsSpan<float>());
    }

    [Fact]
    public void Files_of_more_bytes_than_are_counted_are_refused()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        InitPlan one = Modules.Linear(1L << 31, 1L << 31, bias: false);
        InitPlan two = Modules.Sequential(Modules.Linear(1L << 30, 1L << 30, bias: false), Modules.Linear(1L << 30, 1L << 30, bias: false));
        foreach (InitPlan plan in (InitPlan[])[one, two])
        {
            foreach (Action write in (Action[])[() => plan.MaterializeTo(path, 1L), () => plan.MaterializeShards(path, 1UL, long.MaxValue)])
            {
                Assert.Contains("allowed: up to 9223372036854775807", Assert.Throws<ArgumentException>(write).Message,
                    StringComparison.Ordinal);
            }
        }
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"*{Path.GetFileName(path)}*"));
    }
}
