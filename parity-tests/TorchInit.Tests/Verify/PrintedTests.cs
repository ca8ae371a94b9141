using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>Numbers as people paste them are judged to the last digit that is there.</summary>
public class PrintedTests
{
    static string Printed(string expression, ulong seed, PrintOptions? options = null)
        => TensorText.Of(InitPlan.Of(expression).Materialize(seed).Values.First(), options);

    static Verdict Judge(string text, string expression, ulong? seed = null)
        => PrintedJudge.Judge(text, "printed.txt", new(expression), seed);

    [Theory]
    [InlineData("Embedding(6, 3)", 123)]
    [InlineData("Embedding(6, 3)", 1337)]
    [InlineData("Linear(3, 5)", 0)]
    [InlineData("Conv2d(3, 4, 3)", 777)]
    [InlineData("init.normal_((3, 4), 0, 1e-5)", 42)]
    [InlineData("Linear(784, 512)", 7)]          // torch prints the edges
    public void A_pasted_tensor_has_its_seed(string expression, int seed)
    {
        Verdict verdict = Judge(Printed(expression, (ulong)seed), expression);
        Assert.Equal(Judgement.SameDigits, verdict.Judgement);
        Assert.StartsWith($"torch's draws, seed {seed}, printed to ", verdict.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Decimals_are_counted()
    {
        Assert.Contains("seed 123, printed to 4 decimals", Judge(Printed("Embedding(6, 3)", 123), "Embedding(6, 3)").Explanation,
            StringComparison.Ordinal);
        Assert.Contains("seed 123, printed to 8 decimals",
            Judge(Printed("Embedding(6, 3)", 123, new() { Precision = 8 }), "Embedding(6, 3)")
            .Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_dict_as_it_is_printed()
    {
        StateDict weights = InitPlan.Of("Linear(3, 2)").Materialize(seed: 5);
        (string weight, string bias) = (TensorText.Of(weights["weight"]), TensorText.Of(weights["bias"]));
        foreach (string text in new[]
        {
            $"OrderedDict([('weight', {weight}),\n             ('bias', {bias})])",
            $"weight Parameter containing:\n{weight[..^1]}, requires_grad=True)\nbias Parameter containing:\n{bias[..^1]}, "
                + $"requires_grad=True)",
            $"bias: {bias}\nweight: {weight}",
            $"fc.weight = {weight}",
            weight,
            bias["tensor(".Length..^1],
            weight["tensor(".Length..^1].Replace(",", "", StringComparison.Ordinal),
        })
        {
            Assert.StartsWith("torch's draws, seed 5, printed to 4 decimals", Judge(text, "Linear(3, 2)").Explanation,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_seed_is_told_with_the_first_number()
    {
        Verdict verdict = Judge(Printed("Embedding(6, 3)", 123), "Embedding(6, 3)", seed: 124);
        Assert.Equal(Judgement.Deviates, verdict.Judgement);
        Assert.StartsWith("not the numbers of seed 124: element 0 of weight is 0.3374; ", verdict.Explanation, StringComparison.Ordinal);
        Verdict unknown = Judge(Printed("Embedding(6, 3)", 123_456_789), "Embedding(6, 3)");
        Assert.Equal(Judgement.CannotTell, unknown.Judgement);
        Assert.StartsWith("no usual seed gives these 18 numbers: 1,035 were tried, 0 to 1023 first", unknown.Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Another_shape_is_said()
        => Assert.StartsWith("no tensor of Embedding(6, 3) has the shape of the printed numbers",
            Judge("tensor([[0.5, 0.25]])", "Embedding(6, 3)")
            .Explanation, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[[[]]]")]
    [InlineData("tensor([1, 2")]
    public void What_has_no_numbers_is_refused(string text)
        => Assert.Contains("printed.txt has no numbers", Assert.Throws<InvalidDataException>(() => Judge(text, "Linear(3, 2)")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Weights_that_were_rounded_are_said_to_be()
    {
        StateDict weights = new();
        foreach ((string name, TensorBuffer tensor) in InitPlan.Of("Linear(64, 32)").Materialize(seed: 3))
        {
            weights.Add(name, TensorBuffer.Of([.. tensor.AsSpan<float>().ToArray().Select(value => MathF.Round(value, 4))],
                [.. tensor.Shape]));
        }
        Verdict verdict = Verifier.Judge(weights, new("Linear(64, 32)"));
        Assert.Equal((Judgement.Deviates, Cause.Rounding), (verdict.Judgement, verdict.Cause));
        Assert.StartsWith("torch's draws, seed 3, rounded to 4 decimals", verdict.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(784)]
    public void A_usual_seed_is_found_behind_a_few_draws(int words)
    {
        InitPlan plan = InitPlan.Of("Linear(64, 32)");
        Generator generator = new(17, plan.Profile);
        generator.Advance(words);
        Verdict verdict = Verifier.Judge(plan.Materialize(generator), new("Linear(64, 32)"));
        Assert.Equal((Judgement.Deviates, Cause.ExtraOrMissingDraws), (verdict.Judgement, verdict.Cause));
        Assert.StartsWith($"of seed 17: {words} word", verdict.Explanation, StringComparison.Ordinal);
    }
}
