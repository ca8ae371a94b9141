namespace TorchInit;

/// <summary>A Lazy* class: its tensors have no shape and draw nothing until the first forward tells the size of the input.</summary>
public sealed class LazyModule
{
    readonly int _spatialDimensions;
    readonly Func<long, InitPlan> _initialize;

    /// <param name="title">The constructor call.</param>
    /// <param name="profile">The torch that is followed.</param>
    /// <param name="spatialDimensions">1 to 3 where the input is (batch, channels, *spatial); −1 where the last dimension counts.</param>
    /// <param name="initialize">The plan of the class that the module becomes, by its input size.</param>
    internal LazyModule(string title, TorchProfile profile, int spatialDimensions, Func<long, InitPlan> initialize)
        => (Title, Profile, _spatialDimensions, _initialize) = (title, profile, spatialDimensions, initialize);

    /// <summary>The constructor call.</summary>
    public string Title { get; }

    /// <summary>The torch that is followed.</summary>
    public TorchProfile Profile { get; }

    /// <summary>Before the first forward: no tensor that could be saved, no draw.</summary>
    public InitPlan Uninitialized => new(Title, Profile, [], []);

    /// <summary>The first forward: the draws of the eager class for the size that the input has.</summary>
    /// <param name="inputShape">Linear: (…, in_features). Others: (batch, channels, *spatial).</param>
    /// <exception cref="ArgumentException">The input has another number of dimensions.</exception>
    public InitPlan FirstForward(params ReadOnlySpan<long> inputShape)
    {
        bool fits = _spatialDimensions < 0 ? inputShape.Length >= 1 : inputShape.Length == _spatialDimensions + 2;
        if (!fits)
        {
            throw new ArgumentException($"input of {TensorShape.Text(inputShape)} does not fit {Title}; allowed: {(_spatialDimensions < 0 ? "1 dimension or more" : $"{_spatialDimensions + 2} dimensions")}.", nameof(inputShape));
        }
        return _initialize(_spatialDimensions < 0 ? inputShape[^1] : inputShape[1]);
    }
}
