using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>Stretches of a large region: inside it, ascending, behind its beginning, to its end.</summary>
public class FarElementsTests
{
    static readonly LawRegion s_whole = new("weight", new UniformLaw(0, 1, 24), "uniform_(weight, 0, 1)");

    [Theory]
    [InlineData(1024)]
    [InlineData(100)]
    public void What_the_beginning_holds_has_no_rest(int count) => Assert.Null(FarElements.Of(s_whole, count, 1024));

    [Fact]
    public void Copies_and_constants_and_dependent_elements_have_none()
    {
        Assert.Null(FarElements.Of(s_whole with { CopyOf = "other" }, 5000, 1024));
        Assert.Null(FarElements.Of(s_whole with { Law = null }, 5000, 1024));
        Assert.Null(FarElements.Of(s_whole with { Law = new HaarEntryLaw(8, 1) }, 5000, 1024));
    }

    [Theory]
    [InlineData(1025)]
    [InlineData(2048)]
    public void A_small_rest_is_taken_whole(int count)
        => Assert.Equal(Enumerable.Range(1024, count - 1024), FarElements.Of(s_whole, count, 1024)!.Positions);

    [Theory]
    [InlineData(2049)]
    [InlineData(1_000_000)]
    [InlineData(int.MaxValue)]
    public void A_large_rest_is_sampled_evenly(int count)
    {
        IReadOnlyList<int> positions = FarElements.Of(s_whole, count, 1024)!.Positions!;
        Assert.Equal((1024, 1024, count - 1), (positions.Count, positions[0], positions[^1]));
        Assert.Equal(positions.Distinct().Order(), positions);
        Assert.True(positions.Zip(positions.Skip(1)).All(pair => pair.Second - pair.First <= (count - 1024) / 63 + 1));
    }

    [Fact]
    public void Positions_are_the_regions()
        => Assert.Equal([.. Enumerable.Range(1024, 76).Select(i => 2 * i + 1)],
            FarElements.Of(s_whole with { Positions = [.. Enumerable.Range(0, 1100).Select(i => 2 * i + 1)] }, 1100, 1024)!.Positions!);
}
