namespace TorchInit.Parity;

/// <summary>A tensor of a plan, explained.</summary>
/// <param name="Tensor">Its name.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Step">The last step that wrote all of it, as torch users write it; "zeros" if none did.</param>
/// <param name="Law">Its law; null if the values follow from other tensors, or are data.</param>
/// <param name="FanIn">The second size times the kernel; null for vectors.</param>
/// <param name="Place">Its first word in the stream, or on a GPU the offset at which it starts; null if it draws nothing, or the place
/// depends on values.</param>
/// <param name="Draws">How many steps drew into it, the last one included.</param>
public sealed record ExplainedTensor(
    string Tensor, IReadOnlyList<long> Shape, string Step, Law? Law, long? FanIn, long? Place, int Draws)
{
    /// <summary>Its standard deviation; null if no law is known.</summary>
    public double? StandardDeviation { get; } = Law?.StandardDeviation is { } std && double.IsFinite(std) ? std : null;

    /// <summary>The largest magnitude that can be drawn; null if there is none, or no law is known.</summary>
    public double? Bound { get; } = Law is null or ConstantLaw ? null
        : Math.Max(Math.Abs(Law.Support.Low), Math.Abs(Law.Support.High)) is var bound && double.IsFinite(bound) ? bound : null;

    /// <summary>Standard deviation · √fan in: 1 keeps the variance of the input, √2 keeps it after a ReLU.</summary>
    public double? Gain => Law is not ConstantLaw && StandardDeviation * Math.Sqrt(FanIn ?? double.NaN) is { } gain && double.IsFinite(gain)
        ? gain : null;
}

/// <summary>Each tensor's law, fan and place in the stream, and warnings. Nothing is drawn, and no tensor is allocated.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Tensors">What is saved, in state-dict order.</param>
/// <param name="Stream">What each step takes of the stream, in order.</param>
/// <param name="Warnings">Common mistakes: tensors that no step writes, draws that nothing keeps, and the like.</param>
/// <param name="SameOn">The torches on which every step has the same bits.</param>
/// <param name="Elsewhere">What the newest torch, and this one on other platforms, draw differently.</param>
public sealed record PlanExplanation(InitPlan Plan, IReadOnlyList<ExplainedTensor> Tensors, IReadOnlyList<StreamSpan> Stream,
    IReadOnlyList<PlanWarning> Warnings, IReadOnlyList<string> SameOn, IReadOnlyList<string> Elsewhere)
{
    /// <summary>Explains a plan of any size.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="dtype">The floating dtype of the weights.</param>
    public static PlanExplanation Of(InitPlan plan, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(plan);
        StreamSpan[] stream = [.. PlanStreamMap.Of(plan, dtype)];
        ILookup<int, StreamSpan> byStorage = stream.ToLookup(span => plan.Placed[span.Step].Storage);
        ExplainedTensor[] tensors = [.. plan.StateTensors.Select(tensor
            => Explain(plan, dtype, tensor, byStorage[plan.StorageOf(tensor.Name)]))];
        return new(plan, tensors, stream, [.. PlanLint.Of(plan, dtype, tensors, stream)], plan.SameOn(dtype),
            [.. PlanLint.Elsewhere(plan, dtype)]);
    }

    /// <summary>What places and <see cref="Words"/> count.</summary>
    public StreamUnit Unit => Plan.Profile.Gpu is null ? StreamUnit.Word : StreamUnit.Offset;

    /// <summary>How many 32-bit words all steps take, or on a GPU how far they move the offset; null if that depends on the
    /// values.</summary>
    public long? Words
    {
        get
        {
            long? sum = 0;
            foreach (StreamSpan span in Stream) { sum += span.Words; }
            return sum;
        }
    }

    static ExplainedTensor Explain(InitPlan plan, DType dtype, ParameterSpec tensor, IEnumerable<StreamSpan> steps)
    {
        StreamSpan[] all = [.. steps];
        StreamSpan? last = Array.FindLast(all, span => plan.Placed[span.Step].Layout.Count == tensor.Count);
        PlacedStep? placed = last is null ? null : plan.Placed[last.Step];
        Law? law = placed is null ? all.Length == 0 ? new ConstantLaw(0) : null
            : StepLaw.Of(placed.Step, placed.Layout, tensor.TypeOr(dtype), plan, dtype);
        long? fan = tensor.Shape.Count > 1 ? tensor.Shape.Skip(1).Aggregate(1L, (product, size) => checked(product * size)) : null;
        string step = placed?.Step.ToString() ?? (all.Length == 0 ? "zeros" : $"in {all.Length} parts");
        return new(tensor.Name, tensor.Shape, step, law, fan, last is { Words: not 0 } ? last.From : null,
            all.Count(span => span.Words != 0));
    }
}
