using System.Numerics;
using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>
/// trunc_normal_ since torch 2.12, by rejection. If [a, b] holds more than 0.3 of the normal's mass: normals, redrawn until all are inside.
/// Otherwise: uniforms over [a, b], each accepted with probability density(c) / density(mode). Every round draws whole tensors and uses
/// only the elements that are still pending.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="TMath">The type of torch's arithmetic: double for double, float for all others, rounded to T after each
/// step.</typeparam>
static partial class TruncNormalByRejection<T, TMath>
    where T : unmanaged
    where TMath : unmanaged, IBinaryFloatingPointIeee754<TMath>
{
    /// <summary>The mass inside [a, b] above which normals are drawn.</summary>
    public const double EnoughMass = 0.3;

    public static void Fill(Span<T> tensor, double mean, double std, double a, double b, double mass, Generator generator)
    {
        if (mass > EnoughMass) { FillFromNormal(tensor, mean, std, a, b, generator); }
        else { FillFromUniform(tensor, mean, std, a, b, generator); }
    }

    static void FillFromNormal(Span<T> tensor, double mean, double std, double a, double b, Generator generator)
    {
        (TMath lowest, TMath highest) = (Round(TMath.CreateTruncating(a)), Round(TMath.CreateTruncating(b)));
        NormalFill.Fill(tensor, mean, std, generator, contiguous: true);
        List<int>? outside = Outside(tensor, lowest, highest, generator.Width);
        while (outside is null || outside.Count > 0)
        {
            if (outside is null) { RedrawAll(tensor, mean, std, lowest, highest, generator); }
            else if (tensor.Length < NormalFill.Block) { Redraw(tensor, outside, mean, std, generator); }
            else { RedrawBlocks(tensor, outside, mean, std, generator); }
            outside = outside is null ? Outside(tensor, lowest, highest, generator.Width) : Outside(tensor, outside, lowest, highest);
        }
    }

    static void Redraw(Span<T> tensor, List<int> outside, double mean, double std, Generator generator)
    {
        T[] fresh = new T[tensor.Length];
        NormalFill.Fill<T>(fresh, mean, std, generator, contiguous: true);
        foreach (int i in outside) { tensor[i] = fresh[i]; }
    }

    static void FillFromUniform(Span<T> tensor, double mean, double std, double a, double b, Generator generator)
    {
        LogDensity logDensity = LogDensity.Of(mean, std, a, b, generator.Profile);
        T[] candidates = new T[tensor.Length];
        T[] acceptance = new T[tensor.Length];
        bool[] pending = new bool[tensor.Length];
        pending.AsSpan().Fill(true);
        do
        {
            UniformFill.Fill<T>(candidates, a, b, generator);
            UniformFill.Fill<T>(acceptance, 0, 1, generator);
            for (int i = 0; i < tensor.Length; i++)
            {
                if (!pending[i]) { continue; }
                tensor[i] = candidates[i];
                pending[i] = Log(acceptance[i], generator.Profile) > logDensity.Of(candidates[i]);
            }
        }
        while (pending.AsSpan().Contains(true));
    }

    static bool IsOutside(T x, TMath lowest, TMath highest) => Value(x) < lowest || Value(x) > highest;

    /// <summary>Correctly rounded. torch calls MKL's log, which differs by 1 ulp for 7.5 % of arguments and so flips about one acceptance
    /// in 2·10⁸ draws.</summary>
    public static TMath Log(T u, TorchProfile profile)
        => Round(profile.Gpu is null ? TMath.CreateTruncating(Math.Log(Elements.ToDouble(u)))
            : typeof(TMath) == typeof(double) ? TMath.CreateTruncating(CudaMath.LogOfAny(Elements.ToDouble(u)))
            : TMath.CreateTruncating(CudaMath.LogOfAny(Elements.ToFloat(u))));

    static TMath Value(T element) => typeof(T) == typeof(TMath) ? Unsafe.BitCast<T, TMath>(element)
        : TMath.CreateTruncating(Elements.ToFloat(element));

    static TMath Round(TMath value) => typeof(TMath) == typeof(double) ? value
        : TMath.CreateTruncating(Elements.Round<T>(float.CreateTruncating(value)));

    /// <summary>−½·((c − mean)/std)² − log density of the mode, one tensor operation at a time, with numbers as
    /// <see cref="ScalarMath"/> takes them.</summary>
    public readonly struct LogDensity(double mean, double std, double logOfMode, TorchProfile profile)
    {
        readonly TMath _mean = Term(mean, profile);
        readonly TMath _std = TMath.CreateTruncating(profile.Gpu is null ? std : 1 / std);
        readonly TMath _logOfMode = Term(logOfMode, profile);
        readonly bool _divides = profile.Gpu is null;

        /// <summary>Relative to the mode of the normal restricted to [a, b].</summary>
        public static LogDensity Of(double mean, double std, double a, double b, TorchProfile profile)
        {
            double mode = Math.Max(a, Math.Min(mean, b));
            return new(mean, std, -0.5 * Math.Pow((mode - mean) / std, 2.0), profile);
        }

        static TMath Term(double number, TorchProfile profile)
            => profile.Gpu is null ? Round(TMath.CreateTruncating(number)) : TMath.CreateTruncating(number);

        public TMath Of(T candidate)
        {
            TMath d = Round(Value(candidate) - _mean);
            d = Round(_divides ? d / _std : d * _std);
            d = Round(d * d);
            d = Round(d * TMath.CreateTruncating(-0.5));
            return Round(d - _logOfMode);
        }
    }
}
