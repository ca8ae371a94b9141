namespace TorchInit;

/// <summary>The parameters of the fills, computed in double and in Python's order of operations; only the draw rounds them to the
/// dtype.</summary>
public static partial class Init
{
    internal static double XavierStd(ReadOnlySpan<long> shape, double gain)
    {
        Fan fan = Fan.OfFill(shape);
        if (fan is { In: 0, Out: 0 })
        {
            throw TorchArgumentException.ZeroDivisionError(nameof(shape), shape.ToArray(), "a shape with a fan above 0",
                "float division by zero");
        }
        return gain * Math.Sqrt(2.0 / (double)((Int128)fan.In + fan.Out));
    }

    internal static double XavierBound(ReadOnlySpan<long> shape, double gain) => Math.Sqrt(3.0) * XavierStd(shape, gain);

    internal static double KaimingStd(ReadOnlySpan<long> shape, double a, FanMode mode, Nonlinearity nonlinearity)
        => Gain.For(nonlinearity, a) / Math.Sqrt(Fan.OfFill(shape).Select(mode));

    internal static double KaimingBound(ReadOnlySpan<long> shape, double a, FanMode mode, Nonlinearity nonlinearity)
        => Math.Sqrt(3.0) * KaimingStd(shape, a, mode, nonlinearity);

    /// <summary>kaiming_* on a tensor without elements only warns, before any other check.</summary>
    internal static bool WarnIfEmpty(ReadOnlySpan<long> shape)
    {
        if (!shape.Contains(0)) { return false; }
        TorchWarning.Raise(TorchWarning.ZeroElements);
        return true;
    }

    static void CheckCount(ReadOnlySpan<long> shape, int count, string argument)
    {
        if (TensorShape.CountOrThrow(shape) != count)
        {
            throw new ArgumentException($"{argument} has {count} elements; shape {TensorShape.Text(shape)} has "
                + $"{TensorShape.CountOrThrow(shape)}.", argument);
        }
    }
}
