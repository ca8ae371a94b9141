namespace TorchInit;

/// <summary>A position in the stream: a number of words after the position of a generator that does not advance.</summary>
readonly record struct StreamPosition(Generator Anchor, long Words)
{
    /// <summary>The position, counted as in <see cref="RandomStream.Position"/>.</summary>
    public long Place => unchecked(Anchor.Position + Words);
}

/// <summary>The stream position of each step of a plan. If a step's words are known, they are added; if only running it shows where it
/// ends, it is run once and its end becomes the next anchor.</summary>
static class StreamPositions
{
    /// <summary>One position per step, up to the step <paramref name="last"/>.</summary>
    /// <exception cref="OverflowException">A position is 2⁶³ words or more after its anchor.</exception>
    public static StreamPosition[] Of(InitPlan plan, Generator start, DType dtype, int last)
    {
        StreamPosition[] before = new StreamPosition[last + 1];
        StreamPosition at = new(start, 0);
        for (int i = 0; i <= last; i++)
        {
            before[i] = at;
            if (i == last) { break; }
            PlacedStep placed = plan.Placed[i];
            bool waits = at.Anchor.HasCachedNormal, waitsBehind = waits;
            long? words = placed.Words(dtype, plan.Profile, ref waitsBehind);
            bool keepsNormal = (waits || waitsBehind) && placed.Step.KeepsNormal(placed.Layout, plan.Profile);
            if (words is { } known && !keepsNormal)
            {
                at = at with { Words = checked(at.Words + known) };
                continue;
            }
            PlanTensors tensors = plan.Allocate(dtype);
            // The tensors that the step reads (multinomial's weights) affect its draws, or are refused if absent.
            foreach (int needed in placed.Step.Reads.SelectMany(read => SlicePlan.NeededBefore(plan, read, i)).Distinct().Order())
            {
                new StepContext(new StreamCursor().MoveTo(before[needed]), tensors).Run(plan.Placed[needed]);
            }
            Generator generator = at.Anchor.Clone();
            generator.MoveTo(at.Place);
            new StepContext(generator, tensors).Run(placed);
            at = new(generator, 0);
        }
        return before;
    }
}

/// <summary>A generator that moves between positions: onwards if the next one lies ahead, else from its anchor again.</summary>
sealed class StreamCursor
{
    Generator? _anchor, _generator;

    public Generator MoveTo(StreamPosition position)
    {
        if (_generator is null || !ReferenceEquals(_anchor, position.Anchor) || unchecked(position.Place - _generator.Position) < 0)
        {
            (_anchor, _generator) = (position.Anchor, position.Anchor.Clone());
        }
        _generator.MoveTo(position.Place);
        return _generator;
    }
}
