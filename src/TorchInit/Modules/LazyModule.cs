namespace TorchInit;

/// <summary>A Lazy* class: its tensors have no shape and draw nothing until the first forward sees the input's size.</summary>
public sealed class LazyModule
{
    readonly LazyForward _forward;

    /// <param name="uninitialized">The plan before the first forward; its facts name the entries without a shape.</param>
    /// <param name="forward">Gives the plan of the first forward from the shape of its input.</param>
    internal LazyModule(InitPlan uninitialized, LazyForward forward)
    {
        (Uninitialized, _forward) = (uninitialized, forward);
        if (!uninitialized.Profile.Has(2, 4))
        {
            TorchWarning.User("Lazy modules are a new feature under heavy development so changes to the API or functionality"
                + " can happen at any moment.");
        }
    }

    /// <summary>The constructor call, as Python code.</summary>
    public string Title => Uninitialized.Title;

    /// <summary>The torch version that is followed.</summary>
    public TorchProfile Profile => Uninitialized.Profile;

    /// <summary>Before the first forward: draws nothing, and has no tensor but the num_batches_tracked of a norm that tracks
    /// statistics.</summary>
    public InitPlan Uninitialized { get; }

    /// <summary>The first forward, in evaluation mode: draws what the eager class draws for the input's size; nothing for a size of
    /// 0.</summary>
    /// <param name="inputShape">Linear: (…, in_features). Convolutions: (batch, channels, *spatial), or without the batch. Norms: (batch,
    /// channels, *spatial).</param>
    /// <exception cref="TorchArgumentException">Torch refuses the shape; the Python exception depends on the class.</exception>
    /// <remarks>With 0 features or channels torch leaves weight and bias uninitialised; here they are 0.</remarks>
    public InitPlan FirstForward(params ReadOnlySpan<long> inputShape)
    {
        try { return Forward(inputShape); }
        catch (TorchArgumentException error) when (error.ParamName is "input" or "inFeatures" or "inChannels" or "numFeatures" or "shape")
        {
            throw new TorchArgumentException(nameof(inputShape), inputShape.ToArray(), error.Allowed, error.TorchKind, error.TorchMessage);
        }
    }

    /// <summary>The same for a text, whose errors name torch's own argument.</summary>
    internal InitPlan Forward(ReadOnlySpan<long> shape) => _forward(shape);

    /// <summary>The <see cref="Title"/>.</summary>
    public override string ToString() => Title;
}

/// <summary>The plan of the eager class that a Lazy* class becomes on an input of this shape.</summary>
delegate InitPlan LazyForward(ReadOnlySpan<long> shape);
