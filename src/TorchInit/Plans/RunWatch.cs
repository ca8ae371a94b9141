namespace TorchInit;

/// <summary>Who watches a run of a plan: told what is done, and asked whether to go on.</summary>
/// <param name="total">The elements that all steps touch.</param>
/// <param name="progress">Told the elements that are done, and <paramref name="total"/>; null for nobody.</param>
/// <param name="cancellation">Asked before each piece of work.</param>
sealed class RunWatch(long total, IProgress<(long Done, long Total)>? progress, CancellationToken cancellation)
{
    /// <summary>Elements of a draw after which whoever watches is told and asked: some 20 ms.</summary>
    public const int Piece = 1 << 23;

    long _done;

    /// <summary>Nobody watches.</summary>
    public static RunWatch None { get; } = new(0, null, CancellationToken.None);

    public static RunWatch Of(InitPlan plan, IProgress<(long Done, long Total)>? progress, CancellationToken cancellation)
        => progress is null && !cancellation.CanBeCanceled ? None
            : new(plan.Placed.Sum(placed => placed.Layout.Count), progress, cancellation);

    /// <summary>Whether large draws are to be cut into pieces.</summary>
    public bool IsWatching => this != None;

    /// <exception cref="OperationCanceledException">Whoever watches asked for it.</exception>
    public void ThrowIfCancelled() => cancellation.ThrowIfCancellationRequested();

    /// <summary>Tells that so many elements more are done; from several threads at once, too.</summary>
    public void Add(long elements) => progress?.Report((Interlocked.Add(ref _done, elements), total));
}
