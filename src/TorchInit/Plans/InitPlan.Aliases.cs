namespace TorchInit;

public sealed partial class InitPlan
{
    HashSet<InitStep>? _conversionsInDoubt;

    /// <summary>Whether a conversion to a named dtype is of a tensor of the run's dtype, and either is changed afterwards. In a run of the
    /// named dtype, torch's <c>to</c> gives the same tensor, and a step copies.</summary>
    internal bool IsInDoubt(ConvertStep step) => (_conversionsInDoubt ??= FindConversionsInDoubt()).Contains(step);

    HashSet<InitStep> FindConversionsInDoubt()
    {
        HashSet<InitStep> found = new(ReferenceEqualityComparer.Instance);
        for (int at = 0; at < Placed.Count; at++)
        {
            if (Placed[at].Step is not ConvertStep step || this[step.Source.Tensor].DType is not null || Placed[at].Tensor.DType is null)
            {
                continue;
            }
            if (Placed.Skip(at + 1).Any(later => Writes(later.Step, step.Source.Tensor) || Writes(later.Step, step.Target.Tensor)))
            {
                found.Add(step);
            }
        }
        return found;
    }
}
