namespace TorchInit.Parity;

/// <summary>What happens to a draw.</summary>
public enum DrawFate
{
    /// <summary>It is saved.</summary>
    Kept,

    /// <summary>A later step overwrites it.</summary>
    Overwritten,

    /// <summary>It is drawn into memory that is not saved.</summary>
    Discarded,
}

/// <summary>The part of the stream that a step takes.</summary>
/// <param name="Step">Its number in the plan, from 0.</param>
/// <param name="Tensor">The tensor it writes.</param>
/// <param name="From">Its first word, or on a GPU the offset at which it starts; null if that depends on the values drawn before
/// it.</param>
/// <param name="Words">How many words, or on a GPU how far it moves the offset; 0 if it draws nothing, null if that depends on the
/// values.</param>
/// <param name="Fate">What happens to the draw.</param>
public sealed record StreamSpan(int Step, string Tensor, long? From, long? Words, DrawFate Fate);

/// <summary>A plan's steps along the stream.</summary>
static class PlanStreamMap
{
    public static IEnumerable<StreamSpan> Of(InitPlan plan, DType dtype)
    {
        bool[] kept = Kept(plan);
        HashSet<int> saved = [.. plan.StateTensors.Select(tensor => plan.StorageOf(tensor.Name))];
        IReadOnlyList<long?> words = plan.WordsOfSteps(dtype);
        long? place = 0;
        for (int step = 0; step < plan.Steps.Count; step++)
        {
            PlacedStep placed = plan.Placed[step];
            DrawFate fate = kept[step] ? DrawFate.Kept : saved.Contains(placed.Storage) ? DrawFate.Overwritten : DrawFate.Discarded;
            yield return new(step, placed.Step.Target.Tensor, place, words[step], fate);
            place += words[step];
        }
    }

    /// <summary>Walks back from the last step: finds what writes memory that is read later or saved.</summary>
    static bool[] Kept(InitPlan plan)
    {
        HashSet<int> live = [.. plan.StateTensors.Select(tensor => plan.StorageOf(tensor.Name))];
        bool[] kept = new bool[plan.Steps.Count];
        for (int step = plan.Steps.Count - 1; step >= 0; step--)
        {
            PlacedStep placed = plan.Placed[step];
            kept[step] = placed.Layout.Count > 0 && placed.Step.Writes.Any(name => live.Contains(plan.StorageOf(name)));
            if (!kept[step]) { continue; }
            if (placed.Replaces) { live.Remove(placed.Storage); }
            live.UnionWith(placed.Step.Reads.Select(plan.StorageOf));
        }
        return kept;
    }
}
