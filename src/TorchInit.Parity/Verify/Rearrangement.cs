namespace TorchInit.Parity;

/// <summary>How a tensor's values were rearranged.</summary>
/// <param name="IsTransposed">Whether it is a square matrix, transposed.</param>
/// <param name="Said">In words.</param>
readonly record struct Rearrangement(bool IsTransposed, string Said)
{
    /// <summary>In another way; <paramref name="how"/> may be empty.</summary>
    public static Rearrangement By(string how)
        => new(false, $"the same values in another order{(how.Length == 0 ? "" : $": {how}")}");
}
