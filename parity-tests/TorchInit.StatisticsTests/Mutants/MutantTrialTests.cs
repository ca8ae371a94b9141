using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Mutants;

/// <summary>Trials of mutants made for the purpose, with few values.</summary>
public class MutantTrialTests
{
    static Mutant Make(string expression, Func<DrawRequest, Func<DrawRequest, Drawn>, Drawn> draw)
        => new("0", "made", "here", "one", [expression], draw);

    static MutantResult Try(Mutant mutant, long most) => MutantTrial.Run(mutant, TorchProfile.Default, most: most);

    /// <summary>The draw with one element of one tensor changed.</summary>
    static Drawn Changed(Drawn drawn, string tensor, int at)
    {
        drawn.Tensors[tensor].AsSpan<float>()[at] += 1e-3f;
        return drawn;
    }

    [Fact]
    public void Sizes_are_powers_of_four()
        => Assert.Equal([64L, 256, 1024, 4096, 16384, 65536, 262144, 1048576], MutantTrial.Sizes);

    [Fact]
    public void A_right_initialiser_lives_through_all_sizes()
    {
        MutantResult result = Try(Make("Linear(4, 3)", (request, draw) => draw(request)), 300);
        Assert.Empty(result.Kills);
        Assert.False(result.IsKilled);
        Assert.Equal(256, result.Tried);
        Assert.Equal(64, Try(result.Mutant, 64).Tried);
    }

    [Fact]
    public void Bits_tell_the_first_element_that_differs_over_all_tensors()
    {
        // 12 elements of the weight come before the third of the bias.
        MutantResult result = Try(Make("Linear(4, 3)", (request, draw) => Changed(draw(request), "bias", 2)), 64);
        Assert.Equal(new Dictionary<string, long> { ["bits"] = 15 }, result.Kills);
        Assert.Equal(1, Try(Make("Linear(4, 3)", (request, draw) => Changed(draw(request), "weight", 0)), 64).Kills["bits"]);
        Assert.True(result.IsKilled);
        Assert.False(result.IsKilledWithoutBits);
        Assert.Null(result.Cheapest);
    }

    [Fact]
    public void Bits_tell_a_tensor_that_is_missing_or_of_another_size()
    {
        Assert.Equal(13, Try(Make("Linear(4, 3)", (request, draw) => Only(draw(request), "weight", 12)), 64).Kills["bits"]);
        Assert.Equal(1, Try(Make("init.uniform_((3, 4))", (request, draw) => Only(draw(request), "tensor", 11)), 64).Kills["bits"]);
        Assert.Equal(1,
            Try(Make("init.uniform_((3, 4))", (request, draw) => Only(draw(request), "tensor", 12, "other")), 64).Kills["bits"]);

        static Drawn Only(Drawn drawn, string tensor, int count, string? name = null)
        {
            TensorBuffer whole = drawn.Tensors.Values.First();
            return drawn with
            {
                Tensors = new() { { name ?? drawn.Tensors.Keys.First(),
                TensorBuffer.Of([.. whole.AsSpan<float>()[..count]], [count]) } }
            };
        }
    }

    [Fact]
    public void Each_detector_is_noted_with_the_first_size_that_it_took()
    {
        MutantResult result = Try(Make("init.uniform_((8, 8))",
            (request, draw) => draw(request with { Plan = InitPlan.Of("init.uniform_((8, 8), 0.0, 0.75)") })), 256);
        Assert.True(result.IsKilledWithoutBits);
        // 0.75⁶⁴ = 10⁻⁸ is no alarm among 120 tests of a budget of 10⁻⁶; 0.75²⁵⁶ is.
        Assert.Equal(256, result.Kills["extremes"]);
        Assert.Equal(1, result.Kills["bits"]);
        Assert.Equal(256, result.Cheapest!.Value.Value);
        Assert.DoesNotContain("impossible values", result.Kills.Keys);
    }

    [Fact]
    public void The_cheapest_detector_is_not_bits()
    {
        MutantResult result = new(Exhibit.Of("1"), new Dictionary<string, long> { ["bits"] = 1, ["mean"] = 256, ["variance"] = 64 }, 256);
        Assert.Equal(new("variance", 64), result.Cheapest);
        Assert.True(result.IsKilledWithoutBits);
    }

    [Fact]
    public void Rules_tensors_and_structure_kill_too()
    {
        MutantResult worker = Try(Make("Linear(4, 3)", (request, draw) => draw(request with { Seed = 1 })), 64);
        Assert.Equal(2, worker.Kills[Behaviour.Seeds]);
        MutantResult same = Try(Make("Sequential(Linear(8, 8, bias=False), Linear(8, 8, bias=False))", (request, draw) =>
        {
            Drawn drawn = draw(request);
            drawn.Tensors["0.weight"].AsSpan<float>().CopyTo(drawn.Tensors["1.weight"].AsSpan<float>());
            return drawn;
        }), 256);
        // A correlation of 1 is above the threshold from 200 pairs on.
        Assert.Equal(256, same.Kills["correlation of tensors"]);
        Assert.Equal(64,
            Try(Make("init.eye_((4, 4))", (request, draw) => Changed(draw(request), request.Plan.Tensors[0].Name, 0)),
            64).Kills["structure"]);
    }

    [Fact]
    public void After_4096_values_a_dead_mutant_is_tried_no_further()
    {
        Mutant zeros = Make("init.uniform_((64, 64))",
            (request, draw) => draw(request with { Plan = InitPlan.Of("init.zeros_((64, 64))") }));
        Assert.Equal(4096, Try(zeros, 16384).Tried);
        Assert.Equal(16384, Try(Make("init.ones_((3,))", (request, draw) => draw(request)), 16384).Tried);
    }

    [Fact]
    public void What_is_null_is_refused()
    {
        Assert.Equal("mutant", Assert.Throws<ArgumentNullException>(() => MutantTrial.Run(null!, TorchProfile.Default)).ParamName);
        Assert.Equal("profile", Assert.Throws<ArgumentNullException>(() => MutantTrial.Run(Exhibit.Of("1"), null!)).ParamName);
    }
}
