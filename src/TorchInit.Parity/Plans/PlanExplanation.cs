using System.Globalization;

namespace TorchInit.Parity;

/// <summary>A tensor of a plan, explained.</summary>
/// <param name="Tensor">Its name.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Step">The step that wrote all of it last, as torch users write it; "zeros" where none did.</param>
/// <param name="Law">Its law; null where the values follow from other tensors, or are data.</param>
/// <param name="FanIn">The second size times the kernel; null for vectors.</param>
/// <param name="Place">The first word of the stream that it takes; null where it draws nothing, or the place depends on values.</param>
/// <param name="Draws">How many steps drew into it, the last one included.</param>
public sealed record ExplainedTensor(
    string Tensor, IReadOnlyList<long> Shape, string Step, Law? Law, long? FanIn, long? Place, int Draws);

/// <summary>Per tensor: law, fan, place in the stream; and what people regret. Nothing is drawn, and no tensor is allocated.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Tensors">What is saved, in state-dict order.</param>
/// <param name="Warnings">Tensors that no step writes, draws that nothing keeps, copies, constant matrices.</param>
public sealed record PlanExplanation(InitPlan Plan, IReadOnlyList<ExplainedTensor> Tensors, IReadOnlyList<string> Warnings)
{
    /// <summary>Explains a plan of any size.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="dtype">The floating type asked for.</param>
    public static PlanExplanation Of(InitPlan plan, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ILookup<int, Written> byStorage = Steps(plan, dtype).ToLookup(written => written.Placed.Storage);
        ExplainedTensor[] tensors = [.. plan.StateTensors.Select(tensor => Explain(plan, tensor, byStorage[plan.StorageOf(tensor.Name)]))];
        return new(plan, tensors, [.. Regrets(plan, tensors, byStorage)]);
    }

    /// <summary>How many 32-bit words all steps take; null where that depends on the values.</summary>
    public long? Words
    {
        get
        {
            long? sum = 0;
            foreach (long? words in Plan.WordsOfSteps()) { sum += words; }
            return sum;
        }
    }

    static IEnumerable<Written> Steps(InitPlan plan, DType dtype)
    {
        long? place = 0;
        foreach ((PlacedStep placed, long? words) in plan.Placed.Zip(plan.WordsOfSteps(dtype)))
        {
            yield return new(placed, place, words);
            place += words;
        }
    }

    static ExplainedTensor Explain(InitPlan plan, ParameterSpec tensor, IEnumerable<Written> steps)
    {
        Written[] all = [.. steps];
        Written? last = Array.FindLast(all, written => written.Placed.Layout.Count == tensor.Count);
        Law? law = last is null ? all.Length == 0 ? new ConstantLaw(0) : null
            : StepLaw.Of(last.Placed.Step, last.Placed.Layout, tensor.TypeOr(DType.Float32), plan);
        Written? drawn = last is { Words: not 0 } ? last : null;
        long? fan = tensor.Shape.Count > 1 ? tensor.Shape.Skip(1).Aggregate(1L, (product, size) => checked(product * size)) : null;
        string step = last?.Placed.Step.ToString() ?? (all.Length == 0 ? "zeros" : $"in {all.Length} parts");
        return new(tensor.Name, tensor.Shape, step, law, fan, drawn?.Place, all.Count(written => written.Words != 0));
    }

    static IEnumerable<string> Regrets(InitPlan plan, ExplainedTensor[] tensors, ILookup<int, Written> byStorage)
    {
        string[] twice = [.. tensors.Where(tensor => tensor.Draws > 1).Select(tensor => tensor.Tensor)];
        if (twice.Length > 0)
        {
            yield return $"{Count(twice.Length, "tensor is", "tensors are")} drawn more than once, and only the last draw stays: "
                + Some(twice);
        }
        string[] never = [.. plan.StateTensors.Where(tensor => tensor.Kind == ParameterKind.Parameter && tensor.Count > 0
            && !byStorage[plan.StorageOf(tensor.Name)].Any()).Select(tensor => tensor.Name)];
        if (never.Length > 0)
        {
            yield return $"{Count(never.Length, "parameter has", "parameters have")} no step: zero here, in torch what memory held: "
                + Some(never);
        }
        int discarded = plan.Tensors.Count(tensor => tensor.Kind == ParameterKind.Scratch
            && byStorage[plan.StorageOf(tensor.Name)].Any(written => written.Words != 0));
        if (discarded > 0)
        {
            yield return $"{Count(discarded, "tensor is", "tensors are")} drawn and thrown away; the stream moves all the same.";
        }
        string[] constant = [.. tensors.Where(tensor => tensor is { Shape.Count: > 1, Law: ConstantLaw }
            && plan[tensor.Tensor].Kind == ParameterKind.Parameter && plan[tensor.Tensor].Count > 1).Select(tensor => tensor.Tensor)];
        if (constant.Length > 0) { yield return $"{Count(constant.Length, "matrix is", "matrices are")} constant: {Some(constant)}"; }
        foreach (IGrouping<StepTarget, string> equal in Copies(plan).GroupBy(copy => copy.Source, copy => copy.Tensor)
            .Where(group => group.Count() > 1))
        {
            yield return $"{equal.Count()} tensors are copies of one draw, and so equal: {Some([.. equal])}";
        }
        string[] tied = [.. plan.StateTensors.Where(tensor => tensor.SameAs is not null)
            .Select(tensor => $"{tensor.Name} = {tensor.SameAs}")];
        if (tied.Length > 0) { yield return $"Tied, one memory under two names: {Some(tied)}"; }
    }

    static IEnumerable<(StepTarget Source, string Tensor)> Copies(InitPlan plan)
        => from placed in plan.Placed
           where placed.Step.Copied is not null && plan[placed.Step.Target.Tensor] is { Kind: ParameterKind.Parameter, Shape.Count: > 1 }
           select (placed.Step.Copied!, placed.Step.Target.Tensor);

    static string Count(int number, string one, string many)
        => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many)}");

    static string Some(string[] names) => string.Join(", ", names.Take(4)) + (names.Length > 4 ? ", …" : "");

    sealed record Written(PlacedStep Placed, long? Place, long? Words);
}
