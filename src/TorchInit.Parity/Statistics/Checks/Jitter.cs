namespace TorchInit.Parity;

/// <summary>Numbers in [0, 1) that spread values with a probability of their own. They follow from the values, so that a sample has one
/// result, and two samples are not spread alike.</summary>
struct Jitter
{
    const ulong Step = 0x9E3779B97F4A7C15;

    ulong _state;

    public static Jitter Of(ReadOnlySpan<double> values)
    {
        ulong state = Step;
        foreach (double value in values) { state = Mix(state ^ BitConverter.DoubleToUInt64Bits(value)); }
        return new() { _state = state };
    }

    public double Next()
    {
        _state += Step;
        return (Mix(_state) >> 11) * Math.Pow(2, -53);
    }

    static ulong Mix(ulong state)
    {
        ulong mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
