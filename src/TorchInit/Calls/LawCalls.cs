namespace TorchInit;

/// <summary>Draws that are methods of a tensor: <c>empty(3).exponential_(1.5)</c>; a shape may replace the tensor.</summary>
static class LawCalls
{
    const string Generator = "*, generator=None";

    public static readonly TensorRule[] Rules =
    [
        Fill("uniform_", $"from_=0, to=1, {Generator}", (a, target) => new UniformStep(target, a.Double("from_"), a.Double("to")))
            with { IsFill = true },
        Fill("normal_", $"mean=0, std=1, {Generator}", (a, target) => new NormalStep(target, a.Double("mean"), a.Double("std")))
            with { IsFill = true },
        Fill("exponential_", $"lambd=1, {Generator}", (a, target) => new ExponentialStep(target, a.Double("lambd"))),
        Fill("log_normal_", $"mean=1, std=2, {Generator}", (a, target) => new LogNormalStep(target, a.Double("mean"), a.Double("std"))),
        Fill("cauchy_", $"median=0, sigma=1, {Generator}", (a, target) => new CauchyStep(target, a.Double("median"), a.Double("sigma"))),
        Fill("geometric_", $"p, {Generator}", (a, target) => new GeometricStep(target, a.Double("p"))),
        TensorRule.Method("bernoulli_", $"p=0.5, {Generator}", (a, planner, tensor) => planner.Do(tensor, a["p"] is TorchCall or TorchMember
            ? new BernoulliTensorStep(tensor.Target, planner.Whole(planner.Tensor(a["p"], "p")).Memory) : new BernoulliStep(tensor.Target,
                a.Double("p")))),
        Fill("random_", $"*args, from_=None, to=None, {Generator["*, ".Length..]}", Random),
        Fill("fill_", "value", (a, target) => new FillStep(target, a.Double("value"))),
        Fill("zero_", "", (_, target) => new FillStep(target, 0)),
    ];

    static TensorRule Fill(string name, string rest, Func<BoundArguments, StepTarget, InitStep> step)
        => TensorRule.Method(name, rest, (a, planner, tensor) => planner.Do(tensor, step(a, tensor.Target)));

    /// <summary>random_(), random_(to), random_(from, to).</summary>
    static RandomStep Random(BoundArguments a, StepTarget target)
    {
        List<TorchValue> args = [.. a.Items("args")];
        if (!a.IsNone("from_")) { args.Add(a["from_"]); }
        bool named = a.IsGiven("to");
        if (named) { args.Add(a["to"]); }
        long? Bound(TorchValue value) => value is TorchNone ? null : new PythonArgument("to", value).Integer
            ?? throw new PythonArgument("to", value).TypeError("an integer", null);
        return args switch
        {
            [] => new(target, null, null),
            [var to] => new(target, 0, Bound(to)),
            [var from, var to] => new(target, Bound(from), Bound(to)),
            _ => throw a.Argument("args").TypeError("to, or from and to", null),
        };
    }
}
