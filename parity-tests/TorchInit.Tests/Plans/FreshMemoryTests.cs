namespace TorchInit.Tests.Plans;

/// <summary>What a draw covers is not made zero first; what no step writes is zero nevertheless, whatever memory held before.</summary>
public class FreshMemoryTests
{
    const int Count = 1 << 19;

    static readonly StepTarget s_half = new("w", 0, [Count / 2]), s_rest = new("w", Count / 2, [Count / 2]);

    static readonly TorchProfile s_profile = TorchProfile.For("2.6");

    static StateDict Drawn(int threads, params InitStep[] steps)
    {
        // Memory that is given back full of ones, as of weights that nobody holds any more.
        for (int at = 0; at < 16; at++) { Array.Fill(new float[Count], BitConverter.Int32BitsToSingle(-1)); }
        GC.Collect();
        return new InitPlan("x", s_profile, [new("w", [Count]), new("never", [Count])], steps).Materialize(7UL, DType.Float32, threads);
    }

    static bool IsZero(ReadOnlySpan<float> elements) => !elements.ContainsAnyExcept(0f);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_no_step_writes_is_zero(int threads)
    {
        for (int round = 0; round < 4; round++)
        {
            StateDict part = Drawn(threads, new UniformStep(s_half, 1, 2));
            Assert.True(IsZero(part["never"].AsSpan<float>()));
            Assert.True(IsZero(part["w"].AsSpan<float>()[(Count / 2)..]));
            Assert.False(part["w"].AsSpan<float>()[..(Count / 2)].Contains(0f));
            StateDict even = Drawn(threads, new UniformStep(new("w", 0, [Count / 2], [2]), 1, 2));
            for (int at = 1; at < Count; at += 2) { Assert.Equal(0, BitConverter.SingleToInt32Bits(even["w"].AsSpan<float>()[at])); }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_a_draw_covers_is_what_it_draws_also_where_a_later_one_covers_it_again(int threads)
    {
        float[] whole = Drawn(1, new NormalStep("w", 0, 1), new UniformStep("w", -0.3, 0.41))["w"].AsSpan<float>().ToArray();
        float[] again = Drawn(threads, new NormalStep("w", 0, 1), new UniformStep("w", -0.3, 0.41))["w"].AsSpan<float>().ToArray();
        AssertBits.Equal(whole, again);
        Generator generator = new(7, s_profile);
        generator.Advance(Count);
        float[] expected = new float[Count];
        Init.Uniform(expected, generator, -0.3, 0.41);
        AssertBits.Equal(expected, again);
        // A half, the whole, the other half: the last writer of each element counts.
        StateDict mixed = Drawn(threads, new UniformStep(s_half, 5, 6), new UniformStep("w", -0.3, 0.41), new UniformStep(s_rest, 1, 2));
        Assert.False(mixed["w"].AsSpan<float>()[..(Count / 2)].ContainsAnyExceptInRange(-0.3f, 0.41f));
        Assert.False(mixed["w"].AsSpan<float>()[(Count / 2)..].ContainsAnyExceptInRange(1f, 2f));
    }

    [Fact]
    public void Who_refuses_or_cancels_gives_nothing_back()
    {
        InitPlan refused = new("x", s_profile, [new("w", [Count]), new("count", [Count], DType: DType.Int64)],
            [new NormalStep("w", 0, 1), new NormalStep("count", 0, 1)]);
        Assert.ThrowsAny<ArgumentException>(() => refused.Materialize(7));
        using CancellationTokenSource source = new();
        InitPlan plan = new("x", s_profile, [new("w", [Count])], [new NormalStep("w", 0, 1)]);
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => plan.Materialize(7UL, cancellation: source.Token));
    }
}
