namespace TorchInit;

/// <summary>uniform_ in float32 and 16 bits: x = fma(u, to − from, from), rounded to T; what rounds to the upper bound becomes the lower
/// one.</summary>
readonly struct CudaUniform<T> : ICudaOperator<T>
    where T : unmanaged
{
    readonly float _from, _range, _to;
    readonly bool _comparesAfterRounding;

    public CudaUniform(double from, double to, TorchProfile profile)
    {
        (_from, _to) = (Elements.Round<T>((float)from), Elements.Round<T>((float)to));
        _range = Elements.Round<T>(_to - _from);
        _comparesAfterRounding = profile.ComparesCudaUniformAfterRounding;
    }

    public static int PerDraw => 4;

    public T Invoke(PhiloxWords words, int component) => Of(CudaUnits.Float(words[component]));

    public T Of(float u)
    {
        if (!_comparesAfterRounding) { return Elements.FromFloat<T>(MathF.FusedMultiplyAdd(u == 1 ? 0 : u, _range, _from)); }
        T x = Elements.FromFloat<T>(MathF.FusedMultiplyAdd(u, _range, _from));
        return Elements.ToFloat(x) == _to ? Elements.FromFloat<T>(_from) : x;
    }
}
