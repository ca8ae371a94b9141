namespace TorchInit;

static class LossCalls
{
    const string CutoffsRule = "cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each "
        + "value is between 1 and n_classes-1";

    public static readonly CallRule[] Rules =
    [
        new("AdaptiveLogSoftmaxWithLoss", "in_features, n_classes, cutoffs, div_value=4.0, head_bias=False, device=None, dtype=None",
            AdaptiveLogSoftmax),
        new("LinearCrossEntropyLoss", "in_features, num_classes, *, out_features=(), bias=False, weight=None, device=None, dtype=None",
            LinearCrossEntropy) { Since = (2, 13), TakesTensors = true, Kept = [("weight", "weight")] },
    ];

    static InitPlan AdaptiveLogSoftmax(BoundArguments a, TorchProfile profile)
    {
        (PythonArgument features, PythonArgument classes, PythonArgument divisor) = (a.Argument("in_features"), a.Argument("n_classes"),
            a.Argument("div_value"));
        PythonArgument[] cutoffs = Cutoffs(a.Argument("cutoffs"), classes, profile);
        PythonArgument[] edges = [.. cutoffs, classes];
        _ = TorchSizes.Of(edges[0] with { Value = new TorchInt(Edge(edges[0]) + cutoffs.Length) }, features);
        for (int tail = 1; tail <= cutoffs.Length; tail++)
        {
            CheckWidth(features, divisor, tail);
            _ = Edge(edges[tail]);
        }
        return Modules.AdaptiveLogSoftmaxWithLoss(features.Integer!.Value, classes.Integer!.Value,
            [.. cutoffs.Select(cutoff => cutoff.Integer!.Value)], divisor.Number!.Value, a.Bool("head_bias"), profile);
    }

    /// <summary>An integral float passes the checks but is not a size.</summary>
    static long Edge(PythonArgument edge) => edge.Integer ?? throw edge.TypeError("an integer", null);

    static PythonArgument[] Cutoffs(PythonArgument given, PythonArgument classes, TorchProfile profile)
    {
        if (given.Items is null) { throw given.TypeError("a list of integers", $"'{given.Type}' object is not iterable"); }
        PythonArgument[] cutoffs = given.Repeated(0);
        if (cutoffs.Length == 0)
        {
            throw given.ValueError("one or more integers", profile.Has(2, 1) ? "cutoffs should be a sequence of length larger than 0"
                : "min() arg is an empty sequence");
        }
        bool rises = cutoffs.Zip(cutoffs.Skip(1)).All(pair => !pair.Second.IsLess(pair.First));
        if (!rises || cutoffs.Any(cutoff => cutoff.IsAtMost(0)) || cutoffs.Any(cutoff => cutoff.IsGreater(Less1(classes)))
            || cutoffs.Zip(cutoffs.Skip(1)).Any(pair => pair.First.IsEqualTo(pair.Second))
            || cutoffs.Any(cutoff => cutoff.Number is { } number && number != Math.Truncate(number)))
        {
            throw given.ValueError("unique, ascending integers from 1 to n_classes − 1", CutoffsRule);
        }
        return cutoffs;
    }

    static PythonArgument Less1(PythonArgument classes) => classes.Value switch
    {
        TorchFloat number => classes with { Value = new TorchFloat(number.Value - 1) },
        _ when classes.Integer is { } number => classes with { Value = new TorchInt(number - 1) },
        _ => throw classes.TypeError("an integer", $"unsupported operand type(s) for -: '{classes.Type}' and 'int'"),
    };

    /// <summary>int(in_features // div_value ** exponent), with Python's errors.</summary>
    static void CheckWidth(PythonArgument features, PythonArgument divisor, int exponent)
    {
        if (divisor.Number is not { } number)
        {
            throw divisor.TypeError("a number", $"unsupported operand type(s) for ** or pow(): '{divisor.Type}' and 'int'");
        }
        double divides = Math.Pow(number, exponent);
        if (double.IsInfinity(divides) && double.IsFinite(number))
        {
            throw new TorchArgumentException(divisor.Name, divisor.Value, "a number whose powers are finite", "OverflowError",
                "(34, 'Numerical result out of range')");
        }
        TorchValue power = divisor.Integer is null ? new TorchFloat(divides) : new TorchInt((long)divides);
        PythonArgument width = features.FloorDivide(divisor with { Value = power });
        if (width.Value is not TorchFloat { Value: var size } || double.IsFinite(size)) { return; }
        throw double.IsNaN(size) ? divisor.ValueError("a number", "cannot convert float NaN to integer")
            : new TorchArgumentException(divisor.Name, divisor.Value, "a number further from 0", "OverflowError",
            "cannot convert float infinity to integer");
    }

    static InitPlan LinearCrossEntropy(BoundArguments a, TorchProfile profile)
    {
        InitPlan made = Modules.LinearCrossEntropyLoss(a.Long("in_features"), a.Long("num_classes"), a.LongOrTuple("out_features"),
            a.Bool("bias"), Weight(a), profile);
        return TensorArgument.Of(a.Argument("weight"))?.DType is { } own ? made.InDType(own, tensor => tensor.Name == "weight") : made;
    }

    /// <summary>Class weights: a one-dimensional tensor, such as <c>ones(7)</c>.</summary>
    static double[] Weight(BoundArguments a)
    {
        if (a.IsNone("weight")) { return []; }
        // torch accepts any length, and never reads more elements than there are classes.
        return TensorArgument.Of(a.Argument("weight")) is { Shape: [var count] } tensor
            ? [.. tensor.Values.Count == count ? tensor.Values : Enumerable.Repeat(tensor.Values[0], (int)count)]
            : throw new ArgumentException($"weight is {a["weight"]}; allowed: None, or a one-dimensional tensor, for example "
                + "ones(num_classes).", nameof(a));
    }
}
