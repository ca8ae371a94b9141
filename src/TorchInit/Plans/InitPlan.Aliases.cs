namespace TorchInit;

public sealed partial class InitPlan
{
    HashSet<InitStep>? _conversionsInDoubt;
    HashSet<int>? _kept;

    /// <summary>Whether a conversion to a named dtype is of a tensor of the run's dtype, and one of the two is changed afterwards while the
    /// other is still seen. In a run of the named dtype, torch's <c>to</c> gives the same tensor, and a step copies.</summary>
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
            if (IsChangedAfter(at, step.Source.Tensor, step.Target.Tensor) || IsChangedAfter(at, step.Target.Tensor, step.Source.Tensor))
            {
                found.Add(step);
            }
        }
        return found;
    }

    bool IsChangedAfter(int step, string tensor, string other)
        => IsAfter(step, Writers(StorageOf(tensor))) && (IsKept(StorageOf(other)) || IsAfter(step, Readers(StorageOf(other))));

    bool IsKept(int storage) => (_kept ??= [.. StateTensors.Select(tensor => StorageOf(tensor.Name))]).Contains(storage);

    static bool IsAfter(int step, IReadOnlyList<int> steps) => steps is [.., var last] && last > step;
}
