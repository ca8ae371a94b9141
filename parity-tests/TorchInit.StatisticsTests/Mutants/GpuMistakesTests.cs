using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Mutants;

/// <summary>Mistakes of ports of a GPU's generator: each is one, none has another effect, and all are noticed.</summary>
public class GpuMistakesTests
{
    const long Few = 4096;      // values, at which the slower detectors need not be tried

    public static TheoryData<string> Numbers => [.. GpuMistakes.All.Select(mutant => mutant.Number)];

    static Mutant Of(string number) => GpuMistakes.All.Single(mutant => mutant.Number == number);

    [Fact]
    public void Eleven_mistakes_with_complete_labels()
    {
        Assert.Equal(Enumerable.Range(1, 11).Select(number => $"G{number}"), GpuMistakes.All.Select(mutant => mutant.Number));
        Assert.All(GpuMistakes.All.SelectMany(mutant => new[] { mutant.Name, mutant.Origin, mutant.Fault }), Assert.NotEmpty);
    }

    [Theory, MemberData(nameof(Numbers))]
    public void Each_is_noticed(string number)
    {
        MutantResult result = MutantTrial.Run(Of(number), GpuMistakes.Profile, most: Few);
        Assert.True(result.IsKilled);
        // The law of each is right, but for a bound of 16 bits that is drawn and the tensors that are alike.
        Assert.Equal(number switch { "G10" => "impossible values", "G11" => "correlation of tensors", _ => null }, result.Cheapest?.Key);
    }

    [Theory]
    [InlineData("G3", 270_336)]
    [InlineData("G7", 270_336)]
    public void A_grid_shows_from_its_last_thread_on(string number, int same)
    {
        DrawRequest request = new(Of(number).Expressions[0], InitPlan.Of(Of(number).Expressions[0], GpuMistakes.Profile), DType.Float32, 1);
        Span<float> right = new PlanInitialiser().Draw(request).Tensors.Values.Single().AsSpan<float>();
        Span<float> wrong = Of(number).Draw(request).Tensors.Values.Single().AsSpan<float>();
        Assert.Equal(same, right.CommonPrefixLength(wrong));
    }

    [Fact]
    public void Threads_that_draw_once_repeat_the_first_element_of_each()
    {
        DrawRequest request = new(Of("G7").Expressions[0], InitPlan.Of(Of("G7").Expressions[0], GpuMistakes.Profile), DType.Float32, 1);
        Span<float> drawn = Of("G7").Draw(request).Tensors.Values.Single().AsSpan<float>();
        Assert.True(drawn[270_336..].SequenceEqual(drawn[..(drawn.Length - 270_336)]));
    }

    [Fact]
    public void Exchanged_normals_and_kept_bounds_are_all_that_differs()
    {
        (float[] right, float[] wrong) = Drawn<float>("G6");
        Assert.DoesNotContain(right.Zip(wrong), pair => pair.First == pair.Second);
        (BFloat16[] bounded, BFloat16[] kept) = Drawn<BFloat16>("G10");
        (BFloat16 from, BFloat16 to) = ((BFloat16)(-0.3f), (BFloat16)0.41f);
        (BFloat16 Right, BFloat16 Wrong)[] differing = [.. bounded.Zip(kept).Where(pair => !pair.First.Equals(pair.Second))];
        Assert.NotEmpty(differing);
        Assert.All(differing, pair => Assert.Equal((from, to), pair));
    }

    static (T[] Right, T[] Wrong) Drawn<T>(string number)
        where T : unmanaged
    {
        string expression = Of(number).Expressions[0];
        DrawRequest request = new(expression, InitPlan.Of(expression, GpuMistakes.Profile), DType.Of<T>(), 1);
        return ([.. new PlanInitialiser().Draw(request).Tensors.Values.Single().AsSpan<T>()],
            [.. Of(number).Draw(request).Tensors.Values.Single().AsSpan<T>()]);
    }
}
