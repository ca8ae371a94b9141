namespace TorchInit;

/// <summary>A Lazy* class: its tensors have no shape and draw nothing until the first forward tells the size of the input.</summary>
public sealed class LazyModule
{
    readonly LazyInput _input;
    readonly Func<long, InitPlan> _initialize;

    /// <param name="title">The constructor call.</param>
    /// <param name="profile">The torch that is followed.</param>
    /// <param name="input">Finds the size in the shape of the first input.</param>
    /// <param name="initialize">The plan of the class that the module becomes, by its input size.</param>
    internal LazyModule(string title, TorchProfile profile, LazyInput input, Func<long, InitPlan> initialize)
        => (Title, Profile, _input, _initialize) = (title, profile, input, initialize);

    /// <summary>The constructor call.</summary>
    public string Title { get; }

    /// <summary>The torch that is followed.</summary>
    public TorchProfile Profile { get; }

    /// <summary>Before the first forward: no tensor that could be saved, no draw.</summary>
    public InitPlan Uninitialized => new(Title, Profile, [], []);

    /// <summary>The first forward: the draws of the eager class for the size that the input has.</summary>
    /// <param name="inputShape">Linear: (…, in_features). Convolutions: (batch, channels, *spatial) or without batch. Norms: (batch, channels, *spatial).</param>
    /// <exception cref="TorchArgumentException">The input has another number of dimensions: torch's own kind for the class.</exception>
    public InitPlan FirstForward(params ReadOnlySpan<long> inputShape) => _initialize(_input(inputShape));
}
