namespace TorchInit.Parity;

/// <summary>Something that draws starting weights: this library, torch, a mutant, another port.</summary>
public abstract class Initialiser
{
    /// <summary>Its name in the tables.</summary>
    public abstract string Name { get; }

    /// <summary>Draws what the request asks for, from its seed.</summary>
    /// <param name="request">What to draw.</param>
    public abstract Drawn Draw(DrawRequest request);

    /// <summary>Whether it has an answer to a case of the scoreboard.</summary>
    /// <param name="item">The case.</param>
    public virtual bool Answers(ScoreboardCase item) => true;

    /// <summary>The seed of one of several workers, which must not draw the same values.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="worker">0, 1, 2, …</param>
    public virtual ulong SeedOf(ulong seed, int worker) => seed + (ulong)worker;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
