namespace InitNotebooks;

/// <summary>Checks a notebook's claims: one that does not hold stops the notebook and is named.</summary>
public static class Check
{
    /// <summary>Prints the claim with a tick, or stops.</summary>
    /// <param name="holds">Whether the claim holds.</param>
    /// <param name="claim">The claim, in one sentence.</param>
    /// <exception cref="CheckFailedException">The claim does not hold.</exception>
    public static void That(bool holds, string claim)
    {
        if (!holds) { throw new CheckFailedException($"This does not hold: {claim}"); }
        Console.WriteLine($"✔ {claim}");
    }

    /// <summary>Prints the claim and the value, or stops with both values.</summary>
    /// <typeparam name="T">Any type with equality.</typeparam>
    /// <param name="expected">The expected value.</param>
    /// <param name="actual">The actual value.</param>
    /// <param name="claim">What is compared.</param>
    /// <exception cref="CheckFailedException">They differ.</exception>
    public static void Equal<T>(T expected, T actual, string claim)
    {
        bool equal = EqualityComparer<T>.Default.Equals(expected, actual);
        if (!equal) { throw new CheckFailedException($"{claim}: expected {expected}, is {actual}"); }
        Console.WriteLine($"✔ {claim}: {actual}");
    }

    /// <summary>Prints the claim if all elements have the same bits, or stops at the first that differs.</summary>
    /// <param name="expected">The expected elements.</param>
    /// <param name="actual">The actual elements.</param>
    /// <param name="claim">The claim, in one sentence.</param>
    /// <exception cref="CheckFailedException">The lengths or any bits differ.</exception>
    public static void SameBits(float[] expected, float[] actual, string claim)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        if (expected.Length != actual.Length)
        {
            throw new CheckFailedException($"{claim}: {expected.Length} elements were expected, there are {actual.Length}");
        }
        for (int i = 0; i < expected.Length; i++)
        {
            uint was = BitConverter.SingleToUInt32Bits(expected[i]), now = BitConverter.SingleToUInt32Bits(actual[i]);
            if (was != now) { throw new CheckFailedException($"{claim}: [{i}] is {now:x8}, {was:x8} was expected"); }
        }
        Console.WriteLine($"✔ {claim} ({expected.Length:N0} elements)");
    }
}

/// <summary>A notebook's claim that does not hold.</summary>
/// <param name="message">The claim and its values.</param>
public sealed class CheckFailedException(string message) : Exception(message);
