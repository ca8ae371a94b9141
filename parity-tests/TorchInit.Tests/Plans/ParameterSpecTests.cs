namespace TorchInit.Tests.Plans;

/// <summary>Tensors of a plan are equal by what they are, member by member.</summary>
public class ParameterSpecTests
{
    [Fact]
    public void Every_member_counts()
    {
        ParameterSpec spec = new("w", [2, 3], ParameterKind.Buffer, DType.Int64, "v");
        ParameterSpec same = new("w", new List<long> { 2, 3 }, ParameterKind.Buffer, DType.Int64, "v");
        Assert.Equal((spec, spec.GetHashCode()), (same, same.GetHashCode()));
        foreach (ParameterSpec other in (ParameterSpec[])[spec with { Name = "x" }, spec with { Shape = [3, 2] },
            spec with { Shape = [2, 3, 1] }, spec with { Kind = ParameterKind.Parameter }, spec with { DType = DType.Int32 },
            spec with { DType = null }, spec with { SameAs = "u" }, spec with { SameAs = null }])
        {
            Assert.False(spec.Equals(other));
            Assert.False(spec == other);
            Assert.NotEqual(spec.GetHashCode(), other.GetHashCode());
        }
        Assert.False(spec.Equals(null));
        Assert.Equal((6, "w(2, 3)", DType.Int64), (spec.Count, spec.ToString(), spec.TypeOr(DType.Float16)));
        Assert.Equal(DType.Float16, (spec with { DType = null }).TypeOr(DType.Float16));
        Assert.Equal(("m.w", "m.v"), (spec.Renamed(name => $"m.{name}").Name, spec.Renamed(name => $"m.{name}").SameAs));
        Assert.Null((spec with { SameAs = null }).Renamed(name => $"m.{name}").SameAs);
    }

    [Fact]
    public void Targets_too()
    {
        StepTarget target = new("w", 3, [2, 2], [4, 1]);
        Assert.Equal(target, new StepTarget("w", 3, new List<long> { 2, 2 }, new List<long> { 4, 1 }));
        foreach (StepTarget other in (StepTarget[])[target with { Tensor = "v" }, target with { Offset = 0 },
            target with { Shape = [4, 1] }, target with { Shape = null }, target with { Strides = [2, 1] }, target with { Strides = null }])
        {
            Assert.False(target.Equals(other));
            Assert.NotEqual(target.GetHashCode(), other.GetHashCode());
        }
        Assert.False(target.Equals(null));
        Assert.Equal(("w", "w[offset 3, sizes (2, 2)]"), (new StepTarget("w", 3).ToString(), (target with { Strides = null }).ToString()));
        Assert.Equal(new StepTarget("w"), StepTarget.FromString("w"));
    }

    [Fact]
    public void A_shape_is_copied()
    {
        long[] shape = [4, 4], other = [2];
        ParameterSpec spec = new("w", shape);
        ParameterSpec changed = spec with { Shape = other };
        (shape[0], other[0]) = (8, 9);
        Assert.Equal([4, 4], spec.Shape);
        Assert.Equal([2], changed.Shape);
        Assert.False(spec.Shape is long[]);
        Assert.Equal("""{"name":"w","shape":[4,4],"kind":0}""", System.Text.Json.JsonSerializer.Serialize(spec)
            .ToLowerInvariant());
    }
}
