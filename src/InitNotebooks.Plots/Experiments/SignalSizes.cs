namespace InitNotebooks;

/// <summary>How initial weights change the size of a signal on its way through a network.</summary>
/// <param name="Forward">The root mean square of the activations after each layer, as a multiple of the input's.</param>
/// <param name="Backward">The root mean square of the gradient before each layer, as a multiple of the gradient after the last
/// one.</param>
public sealed record SignalSizes(double[] Forward, double[] Backward);
