namespace TorchInit;

/// <summary>uniform_'s checks, in torch's order: on the doubles as given, before any draw, even for a tensor without elements.</summary>
static class UniformBounds
{
    public static void Check<T>(double from, double to, TorchProfile profile)
        where T : unmanaged
    {
        if (DType.Of<T>() is var dtype && !dtype.IsFloatingPoint())
        {
            throw TorchArgumentException.NotImplemented(profile, "dtype", dtype.TorchName(), "float32, float64, float16, bfloat16",
                $"\"check_uniform_bounds\" not implemented for '{Elements.ScalarTypeName(dtype)}'");
        }
        double max = Elements.MaxValue<T>();
        CheckInside<T>(nameof(from), from, max);
        CheckInside<T>(nameof(to), to, max);
        if (!(from <= to))
        {
            throw TorchArgumentException.RuntimeError(nameof(from), from, $"at most to = {CppFormat.General6(to)}",
                $"uniform_ expects to return a [from, to) range, but found from={CppFormat.General6(from)} > to={CppFormat.General6(to)}");
        }
        if (!(to - from <= max))
        {
            throw TorchArgumentException.RuntimeError(nameof(to), to, $"at most {CppFormat.General6(max)} above from",
                $"uniform_ expects to-from <= std::numeric_limits<{Elements.ScalarTypeName<T>()}>::max(), but found "
                    + $"to={CppFormat.General6(to)} and from={CppFormat.General6(from)} which result in to-from to exceed the limit");
        }
    }

    static void CheckInside<T>(string argument, double value, double max)
        where T : unmanaged
    {
        if (value >= -max && value <= max) { return; }
        throw TorchArgumentException.RuntimeError(argument, value, $"−{CppFormat.General6(max)} to {CppFormat.General6(max)}",
            $"{argument} is out of bounds for {Elements.CppName<T>()}");
    }
}
