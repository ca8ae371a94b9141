namespace TorchInit.Parity;

/// <summary>Mistakes in draws that are not weights: another convention for a parameter, an upper end that counts or not, a shuffle that
/// does not shuffle evenly.</summary>
public static class DrawMistakes
{
    /// <summary>D1, D2, …</summary>
    public static IReadOnlyList<Mutant> All =>
    [
        Mutant.OfStep<ExponentialStep>("D1", "the rate is taken for the scale", "NumPy users", "exponential_(1.5) has mean 1.5",
            ["empty(64, 32).exponential_(1.5)"], (step, _) => step with { Lambda = 1 / step.Lambda }),
        Mutant.OfStep<LogNormalStep>("D2", "mean and std of the result", "a port", "log_normal_'s are those of the logarithm",
            ["empty(64, 32).log_normal_(1.0, 0.5)"], (step, _) => OfResult(step)),
        new("D3", "failures are counted", "R users", "geometric_ counts trials, from 1 on", ["empty(64, 32).geometric_(0.3)"],
            (request, draw) => FromZero(draw(request))),
        Mutant.OfStep<CauchyStep>("D4", "the whole width for the half", "a port", "sigma is half the distance of the quartiles",
            ["empty(64, 32).cauchy_(0.2, 1.3)"], (step, _) => step with { Sigma = step.Sigma / 2 }),
        Mutant.OfStep<BernoulliStep>("D5", "p is what is kept", "TensorFlow 1 users", "dropout(0.1) keeps a tenth",
            ["F.dropout(ones(64, 32), 0.1)"], (step, _) => step with { P = 1 - step.P }),
        Mutant.OfStep<ScalarStep>("D6", "what is kept is not scaled", "a port", "the factor 1 / (1 − p) is missing",
            ["F.dropout(ones(64, 32), 0.1)", "F.dropout(randn(64, 32), 0.1)"], (step, _) => step with { Value = 1 }),
        Mutant.OfStep<RandomStep>("D7", "the upper end counts", "Python's random.randint", "100 is drawn too",
            ["randint(0, 100, (2048,))"], (step, _) => step with { To = step.To + 1 }),
        new("D8", "a shuffle by swaps with any place", "a port", "n places at each step, which the orders cannot share evenly", ["randperm(32)"], Swapped),
        new("D9", "a number comes twice", "a port", "drawn one by one and not taken out",
            ["randperm(32)", "multinomial(tensor([1.0, 2.0, 3.0, 4.0]), 3)"], (request, draw) => Twice(draw(request))),
        Mutant.OfStep<MultinomialStep>("D10", "weights are ignored", "a port", "every category is as likely",
            ["multinomial(tensor([1.0, 2.0, 3.0]), 200, replacement=True)"], (step, _) => new RandomStep(step.Target, 0, 3)),
    ];

    static LogNormalStep OfResult(LogNormalStep step)
    {
        double ratio = 1 + step.Std * step.Std / (step.Mean * step.Mean);
        return step with { Mean = Math.Log(step.Mean / Math.Sqrt(ratio)), Std = Math.Sqrt(Math.Log(ratio)) };
    }

    static Drawn FromZero(Drawn drawn)
    {
        foreach (ref float element in drawn.Tensors.Values.First().AsSpan<float>()) { element--; }
        return drawn;
    }

    static Drawn Swapped(DrawRequest request, Func<DrawRequest, Drawn> draw)
    {
        Drawn drawn = draw(request);
        Span<long> order = drawn.Tensors.Values.First().AsSpan<long>();
        Generator generator = new(request.Seed, request.Plan.Profile);
        for (int i = 0; i < order.Length; i++) { order[i] = i; }
        for (int i = 0; i < order.Length; i++)
        {
            int other = (int)(generator.NextUInt32() % (uint)order.Length);
            (order[i], order[other]) = (order[other], order[i]);
        }
        return drawn;
    }

    static Drawn Twice(Drawn drawn)
    {
        Span<long> order = drawn.Tensors.Values.First().AsSpan<long>();
        order[1] = order[0];
        return drawn;
    }
}
