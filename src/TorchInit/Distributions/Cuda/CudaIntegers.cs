namespace TorchInit;

/// <summary>random_(low, low + range) on a GPU: low + word mod range, from one word or, of larger ranges, from two.</summary>
readonly struct CudaIntegers<TWords>(long low, ulong range) : ICudaOperator<long>
    where TWords : struct, ICudaWords
{
    public static int PerDraw => TWords.PerDraw;

    public long Invoke(PhiloxWords words, int component) => unchecked((long)(TWords.Of(words, component) % range + (ulong)low));

    public int Fill(PhiloxRows rows, int component, Span<long> target, Span<long> next, VectorWidth width)
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
