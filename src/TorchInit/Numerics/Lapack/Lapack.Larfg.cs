using System.Numerics;

namespace TorchInit;

static partial class Lapack<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The smallest normal number divided by half an ULP of 1. Below it the reflector would be computed from subnormal numbers.
    static readonly T s_safeMinimum = T.ScaleB(T.One, IsSingle ? -102 : -969);

    /// <summary>
    /// The reflector H = I − τ v vᵀ, v = (1, x'), that turns (α, x) into (β, 0): α becomes β, x becomes the rest of v.
    /// </summary>
    /// <returns>τ; 0, which means H = I, if x is zero.</returns>
    static T Larfg(ref T alpha, Span<T> x)
    {
        T norm = Nrm2(x);
        if (T.IsZero(norm)) { return T.Zero; }
        T beta = -T.CopySign(Lapy2(alpha, norm), alpha);

        int rescaled = 0;
        if (T.Abs(beta) < s_safeMinimum)
        {
            T up = T.One / s_safeMinimum;
            do
            {
                rescaled++;
                Scal(up, x);
                beta *= up;
                alpha *= up;
            }
            while (T.Abs(beta) < s_safeMinimum && rescaled < 20);

            beta = -T.CopySign(Lapy2(alpha, Nrm2(x)), alpha);
        }

        T tau = (beta - alpha) / beta;
        Scal(T.One / (alpha - beta), x);
        for (int i = 0; i < rescaled; i++) { beta *= s_safeMinimum; }
        alpha = beta;
        return tau;
    }
}
