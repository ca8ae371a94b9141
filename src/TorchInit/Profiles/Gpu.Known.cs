using System.Globalization;

namespace TorchInit;

/// <summary>GPUs by name. docs/cuda.md says which figures were measured here, which were checked against recorded draws, and which were
/// only read.</summary>
public sealed partial record Gpu
{
    static readonly Dictionary<string, Gpu> s_known = new(StringComparer.Ordinal)
    {
        ["h100"] = new(132, 2048),
        ["h200"] = new(132, 2048),
        ["h100-pcie"] = new(114, 2048),
        ["h20"] = new(78, 2048),
        ["a100"] = new(108, 2048),
        ["v100"] = new(80, 2048),
        ["t4"] = new(40, 1024),
        ["l4"] = new(58, 1536),
        ["l40"] = new(142, 1536),
        ["l40s"] = new(142, 1536),
        ["a10g"] = new(80, 1536),
        ["a40"] = new(84, 1536),
        ["rtx-a4000"] = new(48, 1536),
        ["rtx-a6000"] = new(84, 1536),
        ["rtx-3060"] = new(28, 1536),
        ["rtx-3090"] = new(82, 1536),
        ["rtx-4090"] = new(128, 1536),
        ["rtx-4090d"] = new(114, 1536),
        ["rtx-5090"] = new(170, 1536),
    };

    /// <summary>Any GPU: fills of up to 40,960 elements, which are the same on all listed GPUs; larger fills are refused.</summary>
    public static Gpu Any { get; } = s_known.Values.MinBy(gpu => gpu.Blocks)!.AsAny();

    /// <summary>H100 SXM and H200: 132 multiprocessors of 2048 threads; measured.</summary>
    public static Gpu H100Sxm => s_known["h100"];

    /// <summary>A100: 108 multiprocessors of 2048 threads.</summary>
    public static Gpu A100 => s_known["a100"];

    /// <summary>T4: 40 multiprocessors of 1024 threads.</summary>
    public static Gpu T4 => s_known["t4"];

    /// <summary>The names that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyCollection<string> KnownNames => s_known.Keys;

    /// <summary>Finds a GPU by its name or its two numbers: <c>h100</c>, <c>132x2048</c>.</summary>
    /// <param name="text">One of <see cref="KnownNames"/>, or multiprocessors, <c>x</c>, threads per multiprocessor.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is neither; a name that is not listed is not guessed.</exception>
    public static Gpu Parse(string text) => ParseArgument(text, nameof(text));

    /// <param name="text">A name, or two numbers.</param>
    /// <param name="argument">What the caller calls it.</param>
    internal static Gpu ParseArgument(string text, string argument)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (s_known.TryGetValue(text, out Gpu? known)) { return known; }
        string[] numbers = text.Split('x');
        if (numbers.Length == 2 && Number(numbers[0]) is { } multiprocessors && Number(numbers[1]) is { } threads)
        {
            return new(multiprocessors, threads);
        }
        throw new ArgumentException($"GPU '{text}' is not listed; give its two numbers, multi_processor_count and "
            + $"max_threads_per_multi_processor of torch.cuda.get_device_properties(), as in '132x2048', or one of: "
            + $"{string.Join(", ", s_known.Keys)}.", argument);

        static int? Number(string digits)
            => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
