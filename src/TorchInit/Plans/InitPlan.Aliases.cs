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
            if (IsWrittenAfter(at, step.Source.Tensor) || IsWrittenAfter(at, step.Target.Tensor)) { found.Add(step); }
        }
        return found;
    }

    bool IsWrittenAfter(int step, string tensor) => Writers(StorageOf(tensor)) is [.., var last] && last > step;
}
