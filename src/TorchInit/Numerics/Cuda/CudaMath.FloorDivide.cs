using System.Numerics;

namespace TorchInit;

static partial class CudaMath
{
    /// <summary>⌊a / b⌋ by a number: the remainder is subtracted, then torch multiplies by the reciprocal.</summary>
    public static TFloat FloorQuotient<TFloat>(TFloat a, TFloat b)
        where TFloat : IFloatingPointIeee754<TFloat>
    {
        TFloat inverse = TFloat.One / b, rest = a % b, quotient = (a - rest) * inverse;
        if (rest != TFloat.Zero && (b < TFloat.Zero) != (rest < TFloat.Zero)) { quotient -= TFloat.One; }
        if (quotient == TFloat.Zero) { return TFloat.CopySign(TFloat.Zero, a * inverse); }
        TFloat floor = TFloat.Floor(quotient);
        return quotient - floor > TFloat.One / (TFloat.One + TFloat.One) ? floor + TFloat.One : floor;
    }
}
