namespace TorchInit;

/// <summary>random_(low, low + range) on a GPU: low + word mod range, cast to the element's type; a range of 0 means 2⁶⁴.</summary>
readonly struct CudaIntegers<T, TWords>(long low, ulong range) : ICudaOperator<T>
    where T : unmanaged
    where TWords : struct, ICudaWords
{
    public static int PerDraw => TWords.PerDraw;

    public T Invoke(PhiloxWords words, int component)
    {
        ulong word = TWords.Of(words, component);
        return DrawElements.FromInteger<T>(unchecked((long)((range == 0 ? word : word % range) + (ulong)low)));
    }

    public int Fill(PhiloxRows rows, int component, Span<T> target, Span<T> next, VectorWidth width)
        => rows.Each(this, component, target);
}

/// <summary>How many words an integer takes.</summary>
interface ICudaWords
{
    static abstract int PerDraw { get; }

    static abstract ulong Of(PhiloxWords words, int component);
}

readonly struct OneWord : ICudaWords
{
    public static int PerDraw => 4;

    public static ulong Of(PhiloxWords words, int component) => words[component];
}

readonly struct TwoWords : ICudaWords
{
    public static int PerDraw => 2;

    public static ulong Of(PhiloxWords words, int component) => words.Pair(component);
}
