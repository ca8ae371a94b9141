namespace TorchInit;

static partial class CudaMath
{
    /// <summary>⌊a / b⌋ by a number: the remainder is subtracted, then torch multiplies by the reciprocal.</summary>
    public static float FloorQuotient(float a, float b)
    {
        float inverse = 1 / b, rest = a % b, quotient = (a - rest) * inverse;
        if (rest != 0 && (b < 0) != (rest < 0)) { quotient -= 1; }
        if (quotient == 0) { return MathF.CopySign(0, a * inverse); }
        float floor = MathF.Floor(quotient);
        return quotient - floor > 0.5f ? floor + 1 : floor;
    }

    /// <summary>⌊a / b⌋ by a number.</summary>
    public static double FloorQuotient(double a, double b)
    {
        double inverse = 1 / b, rest = a % b, quotient = (a - rest) * inverse;
        if (rest != 0 && (b < 0) != (rest < 0)) { quotient -= 1; }
        if (quotient == 0) { return Math.CopySign(0, a * inverse); }
        double floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }
}
