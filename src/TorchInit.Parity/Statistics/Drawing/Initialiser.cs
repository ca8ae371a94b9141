namespace TorchInit.Parity;

/// <summary>Whoever draws starting weights: ours, torch, a mutant, somebody's port.</summary>
public abstract class Initialiser
{
    /// <summary>As in the tables.</summary>
    public abstract string Name { get; }

    /// <summary>Draws what is asked, from its seed.</summary>
    /// <param name="request">What to draw.</param>
    public abstract Drawn Draw(DrawRequest request);

    /// <summary>Whether it has an answer to a case of the scoreboard.</summary>
    /// <param name="item">The case.</param>
    public virtual bool Answers(ScoreboardCase item) => true;

    /// <summary>The seed of one of several workers that must not draw the same.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="worker">0, 1, 2, …</param>
    public virtual ulong SeedOf(ulong seed, int worker) => seed + (ulong)worker;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
