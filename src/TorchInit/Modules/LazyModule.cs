namespace TorchInit;

/// <summary>A Lazy* class: its tensors have no shape and draw nothing until the first forward tells the size of the input.</summary>
public sealed class LazyModule
{
    readonly LazyForward _forward;

    /// <param name="uninitialized">Before the first forward; its facts name the entries that have no shape.</param>
    /// <param name="forward">What the first forward does, by the shape of its input.</param>
    internal LazyModule(InitPlan uninitialized, LazyForward forward)
    {
        (Uninitialized, _forward) = (uninitialized, forward);
        if (!uninitialized.Profile.Has(2, 4))
        {
            TorchWarning.User("Lazy modules are a new feature under heavy development so changes to the API or functionality"
                + " can happen at any moment.");
        }
    }

    /// <summary>The constructor call.</summary>
    public string Title => Uninitialized.Title;

    /// <summary>The torch that is followed.</summary>
    public TorchProfile Profile => Uninitialized.Profile;

    /// <summary>Before the first forward: no draw, and of all tensors only the num_batches_tracked of a norm that tracks
    /// statistics.</summary>
    public InitPlan Uninitialized { get; }

    /// <summary>The first forward, in evaluation mode: the draws of the eager class for the size that the input has; none for a size of
    /// 0.</summary>
    /// <param name="inputShape">Linear: (…, in_features). Convolutions: (batch, channels, *spatial) or without batch. Norms: (batch,
    /// channels, *spatial).</param>
    /// <exception cref="TorchArgumentException">Torch refuses the shape: its own kind for the class.</exception>
    /// <remarks>With 0 features or channels torch leaves weight and bias as it found their memory: 0 here.</remarks>
    public InitPlan FirstForward(params ReadOnlySpan<long> inputShape) => _forward(inputShape);
}

/// <summary>The plan of the class that a Lazy* class becomes when it sees an input of a shape.</summary>
delegate InitPlan LazyForward(ReadOnlySpan<long> shape);
