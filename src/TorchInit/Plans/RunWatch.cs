namespace TorchInit;

/// <summary>Reports the progress of a plan's run and checks for cancellation.</summary>
/// <param name="total">The elements that all steps touch.</param>
/// <param name="progress">Receives the elements done and <paramref name="total"/>; may be null.</param>
/// <param name="cancellation">Checked before each piece of work.</param>
sealed class RunWatch(long total, IProgress<(long Done, long Total)>? progress, CancellationToken cancellation)
{
    /// <summary>The elements of a large draw between two reports and checks: some 20 ms.</summary>
    public const int Piece = 1 << 23;

    long _done;

    /// <summary>Reports and checks nothing.</summary>
    public static RunWatch None { get; } = new(0, null, CancellationToken.None);

    public static RunWatch Of(InitPlan plan, IProgress<(long Done, long Total)>? progress, CancellationToken cancellation)
        => progress is null && !cancellation.CanBeCanceled ? None
            : new(plan.Placed.Sum(placed => placed.Layout.Count), progress, cancellation);

    /// <summary>Whether large draws are to be cut into pieces.</summary>
    public bool IsWatching => this != None;

    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void ThrowIfCancelled() => cancellation.ThrowIfCancellationRequested();

    /// <summary>Reports that this many more elements are done; may be called from several threads at once.</summary>
    public void Add(long elements) => progress?.Report((Interlocked.Add(ref _done, elements), total));
}
