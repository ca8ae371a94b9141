using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Runs;

/// <summary>Hand-made parts of runs.</summary>
static class Values
{
    public static Finding Finding(string detector, bool accused, string unit = "")
        => new(detector, 10, 0.5, 0.25, 0.125, 0.75, unit, accused);

    public static AlphaBudget Budget { get; } = new(1e-6, 100, 1e-6);

    public static Drawn Drawn(params (string Name, float[] Elements)[] tensors)
    {
        StateDict state = new();
        foreach ((string name, float[] elements) in tensors) { state.Add(name, TensorBuffer.Of(elements, [elements.Length])); }
        return new(state, []);
    }
}
