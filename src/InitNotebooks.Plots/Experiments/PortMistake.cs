namespace InitNotebooks;

/// <summary>A mistake in a port of a GPU's draws, and how many elements it changes.</summary>
/// <param name="Name">The mistake.</param>
/// <param name="Count">Elements compared.</param>
/// <param name="Differing">Elements with other bits.</param>
/// <param name="MostUlps">The largest difference, in units in the last place.</param>
public sealed record PortMistake(string Name, int Count, int Differing, long MostUlps)
{
    /// <summary>The share of elements with other bits, 0 to 1.</summary>
    public double Share => (double)Differing / Count;

    internal static PortMistake Of(string name, float[] expected, float[] actual)
    {
        (int differing, long most) = (0, 0);
        for (int i = 0; i < expected.Length; i++)
        {
            long apart = Math.Abs(Line(expected[i]) - Line(actual[i]));
            differing += apart == 0 ? 0 : 1;
            most = Math.Max(most, apart);
        }
        return new(name, expected.Length, differing, most);

        static long Line(float value)
            => BitConverter.SingleToInt32Bits(value) is var bits && bits >= 0 ? bits : -(long)(bits & int.MaxValue);
    }
}
