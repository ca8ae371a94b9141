namespace TorchInit;

static partial class CudaMath
{
    /// <summary>A function of one element; null for those that every processor rounds alike.</summary>
    public static float? Of(UnaryOperation operation, float x)
    {
        float? value = operation switch
        {
            UnaryOperation.Exp => Exp(x),
            UnaryOperation.Log => LogOfAny(x),
            UnaryOperation.ExpM1 => ExpM1(x),
            UnaryOperation.ErfInv => ErfInv(x),
            UnaryOperation.Sin => Sin(x),
            UnaryOperation.Cos => Cos(x),
            UnaryOperation.Tanh => Tanh(x),
            UnaryOperation.Sigmoid => Sigmoid(x),
            UnaryOperation.Rsqrt => Rsqrt(x),
            UnaryOperation.Sqrt or UnaryOperation.Root => MathF.Sqrt(x),
            _ => null,
        };
        return value is { } number && float.IsNaN(number) ? NaN : value;
    }

    /// <summary>A function of one element; null for those that every processor rounds alike.</summary>
    public static double? Of(UnaryOperation operation, double x)
    {
        double? value = operation switch
        {
            UnaryOperation.Exp => Exp(x),
            UnaryOperation.Log => LogOfAny(x),
            UnaryOperation.ExpM1 => ExpM1(x),
            UnaryOperation.ErfInv => ErfInv(x),
            UnaryOperation.Sin => Sin(x),
            UnaryOperation.Cos => Cos(x),
            UnaryOperation.Tanh => Tanh(x),
            UnaryOperation.Sigmoid => Sigmoid(x),
            UnaryOperation.Rsqrt => Rsqrt(x),
            UnaryOperation.Sqrt or UnaryOperation.Root => Math.Sqrt(x),
            _ => null,
        };
        return value is { } number && double.IsNaN(number) ? double.NaN : value;
    }
}
