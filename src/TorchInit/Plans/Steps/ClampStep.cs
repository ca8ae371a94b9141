using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary><c>tensor.clamp_(min, max)</c>: bounds are rounded to the dtype; NaN stays NaN.</summary>
/// <param name="Target">The tensor or view to change.</param>
/// <param name="Min">The lower bound; null for none.</param>
/// <param name="Max">The upper bound; null for none. If it is below <paramref name="Min"/>, it wins.</param>
public sealed record ClampStep(
    StepTarget Target,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Min = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Max = null) : MapStep(Target)
{
    /// <inheritdoc/>
    public override string ToString() => $"clamp_({Target}, {Bound(Min)}, {Bound(Max)})";

    internal override void CheckDType<T>(TorchProfile profile)
    {
        base.CheckDType<T>(profile);
        if (typeof(T) == typeof(Half) && !profile.HasHalfMath)
        {
            throw TorchArgumentException.RuntimeError("dtype", "float16", "float32, float64, bfloat16 (float16 since torch 2.1)",
                $"\"{(Min is null ? "clamp_max" : Max is null ? "clamp_min" : "clamp")}_scalar_cpu\" not implemented for 'Half'");
        }
    }

    internal override void Map<T>(Span<T> elements, TorchProfile profile)
    {
        foreach (ref T x in elements)
        {
            double value = Elements.ToDouble(x);
            double low = Rounded<T>(Min ?? double.NegativeInfinity), high = Rounded<T>(Max ?? double.PositiveInfinity);
            if (double.IsNaN(value)) { continue; }
            if (double.IsNaN(low) || double.IsNaN(high)) { x = Elements.FromDouble<T>(double.NaN); }
            else if (value < low || value > high) { x = Elements.FromDouble<T>(Math.Min(Math.Max(value, low), high)); }
        }
    }

    static double Rounded<T>(double bound)
        where T : unmanaged
        => Elements.ToDouble(Elements.FromDouble<T>(bound));

    static string Bound(double? bound) => bound is { } value ? PythonFloat.Repr(value) : "None";
}
