namespace TorchInit;

/// <summary>A place in the stream: so many words behind a generator that nobody draws from.</summary>
readonly record struct StreamPosition(Generator Anchor, long Words)
{
    /// <summary>As <see cref="RandomStream.Position"/> counts.</summary>
    public long Place => unchecked(Anchor.Position + Words);
}

/// <summary>The stream as each step of a plan finds it. A step whose words are known is counted; one that tells its end only by running is
/// run once, and its end is the next anchor.</summary>
static class StreamPositions
{
    /// <summary>One place a step, up to the step <paramref name="last"/>.</summary>
    /// <exception cref="OverflowException">A place is 2⁶³ words or more from its anchor.</exception>
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
            // What it reads decides, or is refused where it is not there: multinomial's weights.
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

/// <summary>A generator that goes from place to place: on, where the next place lies ahead, and from its anchor anew where it does
/// not.</summary>
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
