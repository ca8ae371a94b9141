namespace TorchInit;

public static partial class Modules
{
    /// <summary>AdaptiveLogSoftmaxWithLoss: a head and pairs of tail matrices, all Linear without bias (head_bias gives the head one),
    /// drawn in state-dict order.</summary>
    /// <param name="inFeatures">Columns of the head.</param>
    /// <param name="nClasses">Appended to the cutoffs.</param>
    /// <param name="cutoffs">Distinct, increasing, 1 to <paramref name="nClasses"/> − 1; the first is the head's size without the
    /// clusters.</param>
    /// <param name="divValue">Tail i has width in_features // divValue^(i+1).</param>
    /// <param name="headBias">Whether the head has a bias.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="TorchArgumentException"><paramref name="cutoffs"/> is empty, not rising, or out of range, or
    /// <paramref name="divValue"/> is NaN (ValueError); or that is 0 (ZeroDivisionError), or its powers or a tail's width are too large
    /// (OverflowError; TypeError for a width of 2⁶³ or more).</exception>
    public static InitPlan AdaptiveLogSoftmaxWithLoss(long inFeatures, long nClasses, ReadOnlySpan<long> cutoffs, double divValue = 4,
        bool headBias = false, TorchProfile? profile = null)
    {
        long[] given = cutoffs.ToArray();
        return CallersArgument.Named(() => Adaptive(inFeatures, nClasses, given, divValue, headBias, profile),
            (nameof(inFeatures), inFeatures), (nameof(nClasses), nClasses));
    }

    static InitPlan Adaptive(long inFeatures, long nClasses, long[] cutoffs, double divValue, bool headBias, TorchProfile? profile)
    {
        PlanBuilder plan = new(profile);
        CheckCutoffs(plan.Profile, nClasses, cutoffs);
        long[] edges = [.. cutoffs, nClasses];
        plan.Child("head", Linear(inFeatures, cutoffs[0] + cutoffs.Length, headBias, plan.Profile));
        for (int tail = 0; tail < cutoffs.Length; tail++)
        {
            long hidden = TailWidth(inFeatures, divValue, tail + 1);
            plan.Part($"tail.{tail}", Sequential(Linear(inFeatures, hidden, bias: false, plan.Profile),
                Linear(hidden, edges[tail + 1] - edges[tail], bias: false, plan.Profile)));
        }
        InitPlan built = plan.BuildClass("AdaptiveLogSoftmaxWithLoss", $"{inFeatures}", $"{nClasses}",
            $"[{TensorShape.Listed(cutoffs)}]",
            Unless(divValue == 4, $"div_value={Text(divValue)}"), Unless(!headBias, "head_bias=True"));
        // Each of its Linears is reset, and warns where its weight has no elements.
        return new(built.Title, built.Profile, built.Tensors, built.Steps, resetSteps: built.Steps)
        {
            TorchClass = built.TorchClass,
            ResetWarnings = [.. built.Tensors.Where(tensor => tensor.Shape.Count == 2 && tensor.Shape.Contains(0)).Select(_
                => TorchWarning.ZeroElements)],
        };
    }

    /// <summary>LinearCrossEntropyLoss (torch 2.13 and later): a Linear to num_classes · ∏ out_features, preceded by the class weights if
    /// given.</summary>
    /// <param name="inFeatures">Columns of linear.weight.</param>
    /// <param name="numClasses">Classes of each output.</param>
    /// <param name="outFeatures">Sizes of the output besides the classes; empty for none.</param>
    /// <param name="bias">Whether linear has a bias.</param>
    /// <param name="weight">Class weights, stored as the buffer weight; empty for none.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="NotInThisTorchException">The profile is older than 2.13.</exception>
    public static InitPlan LinearCrossEntropyLoss(long inFeatures, long numClasses, ReadOnlySpan<long> outFeatures = default,
        bool bias = false, ReadOnlySpan<double> weight = default, TorchProfile? profile = null)
    {
        PlanBuilder plan = new(profile);
        plan.Profile.Require("LinearCrossEntropyLoss", 2, 13);
        if (!weight.IsEmpty) { plan.Buffer("weight", [weight.Length]).Step(new DataStep("weight", weight.ToArray())); }
        long[] rows = [numClasses, .. outFeatures];
        plan.Child("linear", CallersArgument.Named(
            () => Linear(inFeatures, TensorShape.CountOrThrow(rows), bias, plan.Profile),
            [(nameof(inFeatures), inFeatures), (nameof(numClasses), numClasses),
                .. rows.Skip(1).Select(size => (nameof(outFeatures), size))]));
        return plan.BuildClass("LinearCrossEntropyLoss", $"{inFeatures}", $"{numClasses}", Unless(outFeatures.IsEmpty,
            $"out_features={TensorShape.Text(outFeatures)}"),
            Unless(!bias, "bias=True"), Unless(weight.IsEmpty, $"weight=[{string.Join(", ", weight.ToArray().Select(Text))}]"));
    }

    /// <summary>int(in_features // div_value ** exponent), with Python's errors.</summary>
    static long TailWidth(long inFeatures, double divValue, int exponent)
    {
        double power = Math.Pow(divValue, exponent);
        if (power == 0)
        {
            throw TorchArgumentException.ZeroDivisionError(nameof(divValue), divValue, "a number whose powers are not 0",
                "float floor division by zero");
        }
        if (double.IsInfinity(power) && double.IsFinite(divValue))
        {
            throw new TorchArgumentException(nameof(divValue), divValue, "a number whose powers are finite", "OverflowError",
                "(34, 'Numerical result out of range')");
        }
        double width = PythonFloat.FloorDivide(inFeatures, power);
        if (double.IsNaN(width))
        {
            throw TorchArgumentException.ValueError(nameof(divValue), divValue, "a number", "cannot convert float NaN to integer");
        }
        if (Math.Abs(width) < 1L << 62) { return (long)width; }
        throw double.IsInfinity(width)
            ? new TorchArgumentException(nameof(divValue), divValue, "a number further from 0", "OverflowError",
                "cannot convert float infinity to integer")
            : new TorchArgumentException(nameof(divValue), divValue, "a number further from 0", "TypeError", null);
    }

    static void CheckCutoffs(TorchProfile profile, long nClasses, ReadOnlySpan<long> cutoffs)
    {
        if (cutoffs.IsEmpty)
        {
            throw TorchArgumentException.ValueError(nameof(cutoffs), "[]", "one cutoff or more",
                profile.Has(2, 1) ? "cutoffs should be a sequence of length larger than 0" : "min() arg is an empty sequence");
        }
        for (int i = 0; i < cutoffs.Length; i++)
        {
            if (cutoffs[i] > (i == 0 ? 0 : cutoffs[i - 1]) && cutoffs[i] <= nClasses - 1) { continue; }
            throw TorchArgumentException.ValueError(nameof(cutoffs), cutoffs[i], $"increasing, 1 to {nClasses - 1}",
                "cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each value is between 1 "
                    + "and n_classes-1");
        }
    }
}
