using System.Globalization;

namespace TorchInit.Cli;

/// <summary>Sizes as Hugging Face spells them: 5GB is 5·10⁹, 5GiB is 5·2³⁰.</summary>
static class ByteSize
{
    static readonly (string Unit, long Bytes)[] s_units =
    [
        ("KIB", 1L << 10), ("MIB", 1L << 20), ("GIB", 1L << 30), ("TIB", 1L << 40), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
        ("TB", 1_000_000_000_000), ("B", 1), ("", 1),
    ];

    /// <exception cref="ArgumentException"><paramref name="text"/> is not a size.</exception>
    public static long Parse(string text, string option)
    {
        (string unit, long bytes) = Array.Find(s_units, unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        bool isNumber = decimal.TryParse(text.AsSpan(0, text.Length - unit.Length).Trim(), NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out decimal number);
        return isNumber && number * bytes is >= 1 and <= long.MaxValue and var size ? (long)size
            : throw new ArgumentException($"{option} is '{text}'; allowed: a number of bytes, or one with KB, MB, GB, KiB, MiB or GiB, for"
                + " example 5GB.");
    }
}
