namespace TorchInit.Parity;

/// <summary>Finds the first draw at which a step-0 checkpoint differs from a plan, tensor by tensor along the stream, and the known
/// cause that fits that tensor.</summary>
public static class PlanLocator
{
    /// <summary>Elements that are drawn, and read, at a time: 16 MB of float32 each.</summary>
    const int Piece = 1 << 22;

    /// <summary>Compares all tensors, in draw order.</summary>
    /// <param name="weights">Named as in the state dict.</param>
    /// <param name="item">What they should be; its dtype is theirs.</param>
    /// <param name="seed">The seed; null tries the usual ones.</param>
    /// <param name="progress">Receives how many elements are compared, and how many there are; may be null.</param>
    public static PlanLocation Of(StateDict weights, DistributionCase item, ulong? seed = null,
        IProgress<(long Done, long All)>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(item);
        HashSet<string> known = [.. item.Plan.StateTensors.Select(tensor => tensor.Name)];
        string[] others = [.. weights.Keys.Except(known)];
        bool isOnly = weights.Count == 1 && known.Count == 1;          // a single tensor, whatever its name
        return Located(weights, item, seed, progress) with { NotCompared = isOnly ? [] : others };
    }

    static PlanLocation Located(StateDict weights, DistributionCase item, ulong? seed, IProgress<(long Done, long All)>? progress)
    {
        if (Verifier.Misfit(weights, item, out weights) is { } misfit)
        {
            return PlanLocation.Of(Judgement.Deviates, seed, misfit.Cause, misfit.Explanation, misfit.First);
        }
        InitPlan plan = item.Plan;
        weights = IntegerTensors.As(weights, plan);
        StreamSpan[] spans = [.. PlanStreamMap.Of(plan, item.DType)];
        if ((seed ?? StreamShift.UsualSeed(item, weights, spans) ?? BitHypotheses.UsualSeed(item, weights)) is not { } known)
        {
            return PlanLocation.Of(Judgement.CannotTell, null, Cause.Unknown,
                $"no seed was named, and the draws match none of {BitHypotheses.UsualSeedsSaid}");
        }
        PlanStream stream = new(plan, new Generator(known, plan.Profile), item.DType, plan.Steps.Count - 1);
        List<string> same = [], differing = [];
        FirstDifference? first = null;
        Pieces pieces = new(stream, progress, plan.StateTensors.Sum(tensor => tensor.Count));
        foreach (ParameterSpec tensor in InDrawOrder(plan, spans))
        {
            FirstDifference? difference = pieces.Compare(tensor, item.DType, weights[tensor.Name]);
            (difference is null ? same : differing).Add(tensor.Name);
            first ??= difference;
        }
        if (first is not { } place)
        {
            return PlanLocation.Of(Judgement.SameBits, known, Cause.None, $"every bit is what {plan.Profile} draws from seed {known}",
                same: same);
        }
        StreamSpan[] kept = [.. spans.Where(span => span.Fate == DrawFate.Kept
            && plan.StorageOf(span.Tensor) == plan.StorageOf(place.Tensor))];
        // The last step that writes to this element; later ones may write to others.
        StreamSpan? span = kept.LastOrDefault(span => plan.Placed[span.Step].Layout.Contains(place.Element)) ?? kept.LastOrDefault();
        (Cause cause, string said) = new LocatedCause(item, weights, known, stream, spans, same).Of(place, span);
        return PlanLocation.Of(Judgement.Deviates, known, cause, said, place, same, differing) with
        {
            Step = span is null ? 0 : span.Step + 1,
            Draw = span is null ? "" : $"{plan.Steps[span.Step]}",
            Word = span is { Words: not 0 } ? span.From : null,
            Unit = plan.Profile.Gpu is null ? StreamUnit.Word : StreamUnit.Offset,
        };
    }

    /// <summary>Ordered by the step that writes each; what no step draws comes last, in state-dict order.</summary>
    static IEnumerable<ParameterSpec> InDrawOrder(InitPlan plan, StreamSpan[] spans)
    {
        Dictionary<int, int> lastDraw = [];
        foreach (StreamSpan span in spans.Where(span => span is { Fate: DrawFate.Kept, Words: not 0 }))
        {
            lastDraw[plan.Placed[span.Step].Storage] = span.Step;
        }
        return plan.StateTensors.OrderBy(tensor => lastDraw.GetValueOrDefault(plan.StorageOf(tensor.Name), int.MaxValue));
    }

    /// <summary>Tensors compared piece by piece, so that none is in memory as a whole.</summary>
    sealed class Pieces(PlanStream stream, IProgress<(long Done, long All)>? progress, long all)
    {
        readonly StreamCursor _cursor = new();
        byte[] _expected = [], _actual = [];
        long _done;

        /// <summary>The first element of a tensor that differs; null for none.</summary>
        public FirstDifference? Compare(ParameterSpec tensor, DType dtype, TensorBuffer given)
        {
            DType own = tensor.TypeOr(dtype);
            long end = _done + tensor.Count;
            FirstDifference? first = given.DType == own ? null : new(tensor.Name, 0, own.TorchName(), given.DType.TorchName());
            for (long at = 0; at < tensor.Count && first is null; at += Piece)
            {
                int count = (int)Math.Min(Piece, tensor.Count - at);
                Span<byte> right = Of(ref _expected, count * own.ByteSize()), actual = Of(ref _actual, count * own.ByteSize());
                stream.Draw(tensor.Name, at, right, _cursor);
                given.Read((int)at, actual);
                progress?.Report((_done += count, all));
                if (right.SequenceEqual(actual)) { continue; }
                BitComparison comparison = BitComparison.Of(own, right, actual);
                if (comparison.Differing == 0) { continue; }
                first = new(tensor.Name, at + comparison.FirstIndex, comparison.Expected, comparison.Actual);
            }
            if (_done < end) { progress?.Report((_done = end, all)); }
            return first;
        }

        static Span<byte> Of(ref byte[] memory, int bytes)
        {
            if (memory.Length < bytes) { memory = GC.AllocateUninitializedArray<byte>(bytes); }
            return memory.AsSpan(0, bytes);
        }
    }
}
