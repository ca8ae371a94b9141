namespace TorchInit.Tests.Hostile;

/// <summary>Something that reads what others wrote.</summary>
/// <param name="Name">In the table of counts.</param>
/// <param name="Seeds">Good inputs, which are changed.</param>
/// <param name="Read">Reads, and uses what was read; whatever is wrong with what comes out is an exception that is not documented.</param>
/// <param name="Documented">What it may throw, exactly.</param>
/// <param name="Words">What the format is made of, besides bytes.</param>
sealed record HostileReader(string Name, byte[][] Seeds, Action<byte[]> Read, Type[] Documented, string[] Words)
{
    /// <summary>Whether the bytes are zipped after they were changed: what is inside is attacked, too.</summary>
    public Func<byte[], byte[]> Wrap { get; init; } = bytes => bytes;
}
